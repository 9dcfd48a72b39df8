/** WS-Management of a device: envelopes, operations, enumerations, faults. */
@NullMarked
package org.outpost.simulator.wsman;

import org.jspecify.annotations.NullMarked;
