@NullMarked
package org.outpost.server.web.audit;

import org.jspecify.annotations.NullMarked;
