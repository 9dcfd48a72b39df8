package org.outpost.amt.operation.defense;

import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.xml.Element;

import java.util.ArrayList;
import java.util.List;

/**
 * A policy of System Defense: filters, and what happens to packets that none of them matches.
 *
 * @param instanceId its key; empty before the device has given one
 * @param name its name, up to 16 characters
 * @param precedence of several on a port the highest counts
 * @param antiSpoofing 0 off, 1 drop, 2 drop and event
 * @param filters the creation handles of its filters
 * @param sent packets that leave
 * @param received packets that arrive
 */
public record DefensePolicy(
        String instanceId,
        String name,
        long precedence,
        int antiSpoofing,
        List<Long> filters,
        Default sent,
        Default received) {
    static final AmtClass TYPE = AmtClass.of("AMT_SystemDefensePolicy");

    /**
     * What happens to a packet that no filter matches.
     *
     * @param drop whether it is dropped
     * @param count whether it is counted
     * @param event whether it makes an event
     */
    public record Default(boolean drop, boolean count, boolean event) {
        /** Passes, uncounted. */
        public static final Default PASS = new Default(false, false, false);

        /** Is dropped and counted. */
        public static final Default DROP = new Default(true, true, false);
    }

    /** Checks the name. */
    public DefensePolicy {
        filters = List.copyOf(filters);
        if (name.length() > 16) {
            throw new IllegalArgumentException("a policy's name has up to 16 characters");
        }
    }

    /**
     * Cuts the host off from the network, except for what the filters pass. AMT itself stays
     * reachable.
     *
     * @param name its name
     * @param filters the creation handles of filters that pass
     */
    public static DefensePolicy isolation(String name, List<Long> filters) {
        return new DefensePolicy("", name, 1, 0, filters, Default.DROP, Default.DROP);
    }

    static DefensePolicy read(Element read) {
        String name = read.textOr("PolicyName", "");
        return new DefensePolicy(
                read.textOr("InstanceID", ""),
                name.substring(0, Math.min(name.length(), 16)),
                read.number("PolicyPrecedence").orElse(0),
                read.integer("AntiSpoofingSupport").orElse(0),
                read.integers("FilterCreationHandles").stream().map(Integer::longValue).toList(),
                side(read, "Tx"),
                side(read, "Rx"));
    }

    private static Default side(Element read, String prefix) {
        return new Default(
                read.isTrue(prefix + "DefaultDrop"),
                read.isTrue(prefix + "DefaultCount"),
                read.isTrue(prefix + "DefaultMatchEvent"));
    }

    Element element() {
        List<Element> inside = new ArrayList<>();
        add(inside, "AntiSpoofingSupport", Integer.toString(antiSpoofing));
        filters.forEach(handle -> add(inside, "FilterCreationHandles", Long.toString(handle)));
        add(inside, "PolicyName", name);
        add(inside, "PolicyPrecedence", Long.toString(precedence));
        side(inside, "Rx", received);
        side(inside, "Tx", sent);
        return Element.of(TYPE.uri(), TYPE.name(), inside);
    }

    private static void side(List<Element> inside, String prefix, Default side) {
        add(inside, prefix + "DefaultCount", Boolean.toString(side.count()));
        add(inside, prefix + "DefaultDrop", Boolean.toString(side.drop()));
        add(inside, prefix + "DefaultMatchEvent", Boolean.toString(side.event()));
    }

    private static void add(List<Element> inside, String property, String value) {
        inside.add(Element.of(TYPE.uri(), property, value));
    }
}
