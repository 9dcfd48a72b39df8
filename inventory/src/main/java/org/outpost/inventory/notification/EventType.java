package org.outpost.inventory.notification;

/** What kind of thing happened. */
public enum EventType {
    /** A device opened its tunnel. */
    CONNECTED("org.outpost.device.connected"),
    /** A device's tunnel is gone. */
    DISCONNECTED("org.outpost.device.disconnected"),
    /** A device reported something itself. */
    ALERT("org.outpost.device.alert");

    private final String label;

    EventType(String label) {
        this.label = label;
    }

    /** The CloudEvents type: a name in reverse DNS order. */
    public String label() {
        return label;
    }

    /**
     * The type with this label.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static EventType of(String label) {
        for (EventType type : values()) {
            if (type.label.equals(label)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no event has the type " + label);
    }
}
