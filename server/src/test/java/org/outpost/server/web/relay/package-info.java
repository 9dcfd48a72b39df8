@NullMarked
package org.outpost.server.web.relay;

import org.jspecify.annotations.NullMarked;
