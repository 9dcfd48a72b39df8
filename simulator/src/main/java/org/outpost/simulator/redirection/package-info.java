/**
 * The device side of redirection: session start and sign-in on 16994 and 16995 (redirection.md §1).
 */
@NullMarked
package org.outpost.simulator.redirection;

import org.jspecify.annotations.NullMarked;
