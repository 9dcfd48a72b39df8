/** What several tests share: listeners on loopback and a plain HTTP reader. */
@NullMarked
package org.outpost.simulator.support;

import org.jspecify.annotations.NullMarked;
