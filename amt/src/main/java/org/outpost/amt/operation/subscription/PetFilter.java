package org.outpost.amt.operation.subscription;

import org.outpost.amt.xml.Element;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which events become PET traps or log records (AMT_PETFilterSetting; wsman.md section 11.1).
 *
 * @param instanceId its key; empty before the device has given one
 * @param policyId links filters with subscribers of the same number; 134 is the firmware's own
 * @param enabled whether it counts
 * @param logs whether matching events are logged
 * @param alerts whether matching events are sent
 * @param match the bytes to match by property, 255 for any
 */
public record PetFilter(
        String instanceId,
        int policyId,
        boolean enabled,
        boolean logs,
        boolean alerts,
        Map<String, Integer> match) {
    static final List<String> MATCHED =
            List.of(
                    "DeviceAddress",
                    "EventSensorType",
                    "EventType",
                    "EventOffset",
                    "EventSourceType",
                    "EventSeverity",
                    "SensorNumber",
                    "Entity",
                    "EntityInstance");

    private static final int ANY = 255;
    private static final int RESERVED = 134;
    private static final int CALL_FOR_HELP = 0xC1;

    /** Checks the numbers; what is not named matches anything. */
    public PetFilter {
        match = Map.copyOf(match);
        if (policyId < 0 || policyId > ANY) {
            throw new IllegalArgumentException("a PET policy's number is 0 to 255");
        }
        if (!MATCHED.containsAll(match.keySet())
                || match.values().stream().anyMatch(value -> value < 0 || value > ANY)) {
            throw new IllegalArgumentException(
                    "a PET filter matches " + MATCHED + " with 0 to 255 each");
        }
    }

    /**
     * Every event is sent.
     *
     * @param policyId a free number, not 134
     */
    public static PetFilter everything(int policyId) {
        return of(policyId, Map.of());
    }

    /**
     * Calls for help are sent (Fast Call for Help).
     *
     * @param policyId a free number, not 134
     */
    public static PetFilter callForHelp(int policyId) {
        return of(policyId, Map.of("EventSensorType", CALL_FOR_HELP));
    }

    private static PetFilter of(int policyId, Map<String, Integer> match) {
        if (policyId == RESERVED) {
            throw new IllegalArgumentException("the PET policy 134 belongs to the firmware");
        }
        return new PetFilter("", policyId, true, false, true, match);
    }

    static PetFilter read(Element read) {
        Map<String, Integer> match = new LinkedHashMap<>();
        for (String property : MATCHED) {
            match.put(property, read.integer(property).orElse(ANY) & ANY);
        }
        return new PetFilter(
                read.textOr("InstanceID", ""),
                read.integer("PolicyID").orElse(0) & ANY,
                read.isTrue("EnableFilter"),
                read.isTrue("LogOnEvent"),
                read.isTrue("SendAlert"),
                match);
    }

    Element element(String namespace, String type) {
        List<Element> inside = new ArrayList<>();
        for (String property : MATCHED) {
            inside.add(
                    Element.of(
                            namespace,
                            property,
                            Integer.toString(match.getOrDefault(property, ANY))));
        }
        inside.add(Element.of(namespace, "EnableFilter", Boolean.toString(enabled)));
        inside.add(Element.of(namespace, "LogOnEvent", Boolean.toString(logs)));
        inside.add(Element.of(namespace, "OEMFilter", "false"));
        inside.add(Element.of(namespace, "PolicyID", Integer.toString(policyId)));
        inside.add(Element.of(namespace, "SendAlert", Boolean.toString(alerts)));
        inside.sort(Comparator.comparing(Element::local));
        return Element.of(namespace, type, inside);
    }
}
