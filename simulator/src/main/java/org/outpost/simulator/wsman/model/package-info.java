/**
 * The CIM classes that a device has: for each area of AMT, what can be read, written and invoked.
 */
@NullMarked
package org.outpost.simulator.wsman.model;

import org.jspecify.annotations.NullMarked;
