/** Instances of CIM classes: properties, references, and the names of their classes on the wire. */
@NullMarked
package org.outpost.simulator.cim;

import org.jspecify.annotations.NullMarked;
