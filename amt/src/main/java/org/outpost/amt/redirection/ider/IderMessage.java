package org.outpost.amt.redirection.ider;

import org.outpost.amt.redirection.message.Octets;

/** What a device sends in an IDE-R session. Sequence numbers are the decoder's business. */
sealed interface IderMessage {
    /**
     * The session is open.
     *
     * @param readBuffer most bytes of one message with data for the host
     * @param writeBuffer most bytes of one message with data from the host
     * @param protocol 0 is the only one known
     */
    record OpenReply(int readBuffer, int writeBuffer, int protocol) implements IderMessage {}

    /** The device has closed the session. */
    record Closed() implements IderMessage {}

    /** Wants a pong. */
    record Ping() implements IderMessage {}

    /** Shows that the device lives: a pong or a heartbeat. */
    record Alive() implements IderMessage {}

    /**
     * The host was reset.
     *
     * @param devices which drives
     */
    record ResetOccurred(int devices) implements IderMessage {}

    /**
     * Answer to a feature message.
     *
     * @param type of the message
     * @param value by the type
     */
    record FeatureStatus(int type, int value) implements IderMessage {}

    /** The device found an error. */
    record Failed(int status) implements IderMessage {}

    /**
     * A command of the host.
     *
     * @param drive which one
     * @param dma whether it wants data by DMA
     * @param cdb twelve bytes
     */
    record Command(DriveKind drive, boolean dma, Octets cdb) implements IderMessage {}

    /** Data that the host wants to write, thrown away. */
    record WriteData() implements IderMessage {}
}
