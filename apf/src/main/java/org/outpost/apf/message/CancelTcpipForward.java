package org.outpost.apf.message;

/**
 * {@code cancel-tcpip-forward}: the device takes a port back.
 *
 * @param port 0 to 65535
 */
public record CancelTcpipForward(boolean wantReply, String address, int port)
        implements GlobalRequest {}
