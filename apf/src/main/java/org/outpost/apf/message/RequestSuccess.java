package org.outpost.apf.message;

/**
 * REQUEST_SUCCESS (81). Its length depends on the request it answers (apf.md section 2.8).
 *
 * @param port the bound port of a {@code tcpip-forward}; {@link #NO_PORT} for a cancel
 */
public record RequestSuccess(int port) implements ApfMessage {
    /** Stands for the one-byte form. */
    public static final int NO_PORT = -1;
}
