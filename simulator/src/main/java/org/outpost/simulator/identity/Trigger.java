package org.outpost.simulator.identity;

/** Why a device called in, as it says in PROTOCOLVERSION (apf.md §2.3). */
public enum Trigger {
    /** Somebody pressed the key for help. */
    USER_INITIATED(1),
    /** An alert wants to leave. */
    ALERT(2),
    /** The interval of the periodic policy was over. */
    PERIODIC(4);

    private final int code;

    Trigger(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }
}
