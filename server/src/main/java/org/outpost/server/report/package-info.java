/** Figures from the log of connections, without a running server. */
@NullMarked
package org.outpost.server.report;

import org.jspecify.annotations.NullMarked;
