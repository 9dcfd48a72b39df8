/** Plain byte streams behind the redirection ports, for load and order checks. */
@NullMarked
package org.outpost.simulator.stream;

import org.jspecify.annotations.NullMarked;
