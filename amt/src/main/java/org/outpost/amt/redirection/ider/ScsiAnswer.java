package org.outpost.amt.redirection.ider;

import org.outpost.amt.redirection.message.Octets;

/** What a drive answers to a command. */
sealed interface ScsiAnswer {
    /** Done. */
    record Good() implements ScsiAnswer {}

    /** Check condition. */
    record Check(int sense, int code, int qualifier) implements ScsiAnswer {
        static final Check NO_MEDIUM = new Check(2, 0x3A, 0);
        static final Check READ_ERROR = new Check(3, 0x11, 0);
        static final Check INVALID_COMMAND = new Check(5, 0x20, 0);
        static final Check BEYOND_END = new Check(5, 0x21, 0);
        static final Check INVALID_FIELD = new Check(5, 0x24, 0);
        static final Check NOT_SUPPORTED_EVENT = new Check(5, 0x26, 1);
        static final Check MEDIUM_CHANGED = new Check(6, 0x28, 0);
        static final Check WRITE_PROTECTED = new Check(7, 0x27, 0);
    }

    /** A few bytes that are known at once. */
    record Data(Octets bytes) implements ScsiAnswer {}

    /** Bytes of the medium. */
    record Read(long position, long length) implements ScsiAnswer {}

    /** Done; the host has thrown the medium out. */
    record Ejected() implements ScsiAnswer {}
}
