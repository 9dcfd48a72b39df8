package org.outpost.amt.wsman;

import org.outpost.amt.xml.Element;

import java.util.List;

/**
 * What the explorer found.
 *
 * @param instances the instances, in the device's order
 * @param exchanges the envelopes, in their order
 */
public record Exploration(List<Element> instances, List<RawExchange> exchanges) {
    /** Copies the lists. */
    public Exploration {
        instances = List.copyOf(instances);
        exchanges = List.copyOf(exchanges);
    }
}
