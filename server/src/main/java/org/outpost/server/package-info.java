/** The server program: everything put together. */
@NullMarked
package org.outpost.server;

import org.jspecify.annotations.NullMarked;
