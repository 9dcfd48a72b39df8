/** Netty's leak detection turned into a gate: a leaked buffer fails the build. */
@NullMarked
package org.outpost.testkit.leak;

import org.jspecify.annotations.NullMarked;
