/** Every operation of the server's client against this simulator, over every way to a device. */
@NullMarked
package org.outpost.simulator.operation;

import org.jspecify.annotations.NullMarked;
