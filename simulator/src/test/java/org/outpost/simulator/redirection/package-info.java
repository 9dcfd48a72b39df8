/** Redirection end to end: the console side of the server against the device side here. */
@NullMarked
package org.outpost.simulator.redirection;

import org.jspecify.annotations.NullMarked;
