/** The life of one device: calling in, serving channels, calling in again. */
@NullMarked
package org.outpost.simulator.device;

import org.jspecify.annotations.NullMarked;
