/** What the network can reach, searched by Jazzer. */
@NullMarked
package org.outpost.apf.fuzz;

import org.jspecify.annotations.NullMarked;
