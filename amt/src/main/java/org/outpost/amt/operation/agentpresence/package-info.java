/** Watchdogs over programs on the PC. */
@NullMarked
package org.outpost.amt.operation.agentpresence;

import org.jspecify.annotations.NullMarked;
