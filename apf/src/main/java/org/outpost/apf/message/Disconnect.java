package org.outpost.apf.message;

/**
 * DISCONNECT (1): immediate end of the session (apf.md section 2.6).
 *
 * @param reason the reason code, unsigned 32 bits; see {@link DisconnectReason}
 */
public record Disconnect(int reason) implements ApfMessage {
    /** A DISCONNECT with one of the known reasons. */
    public Disconnect(DisconnectReason reason) {
        this(reason.code());
    }
}
