package org.outpost.simulator.wsman;

import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.cim.Reference;

/**
 * An item of an enumeration.
 *
 * @param reference by the keys of its class
 */
record EnumeratedItem(Instance instance, Reference reference) {}
