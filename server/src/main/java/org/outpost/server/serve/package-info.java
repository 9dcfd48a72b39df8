/** The running server: what is put together, started, drained and stopped. */
@NullMarked
package org.outpost.server.serve;

import org.jspecify.annotations.NullMarked;
