package org.outpost.simulator.redirection.ider;

/** What a console answered to a command. */
sealed interface ScsiReply {
    /** Data, all pieces together. */
    @SuppressWarnings("ArrayRecordComponent") // on its way from the wire, never compared
    record Data(byte[] bytes) implements ScsiReply {}

    /** Done, no data. */
    record Good() implements ScsiReply {}

    /** Check condition. */
    record Check(int sense, int code, int qualifier) implements ScsiReply {
        static final int NOT_READY = 2;
        static final int UNIT_ATTENTION = 6;
        static final int NO_MEDIUM = 0x3A;

        String text() {
            return "sense %02x/%02x/%02x".formatted(sense, code, qualifier);
        }
    }

    /** A reset came in between. */
    record Reset() implements ScsiReply {}
}
