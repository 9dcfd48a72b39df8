@NullMarked
package org.outpost.server.web.amt;

import org.jspecify.annotations.NullMarked;
