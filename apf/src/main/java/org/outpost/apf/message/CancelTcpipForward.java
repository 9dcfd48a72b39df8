package org.outpost.apf.message;

/**
 * {@code cancel-tcpip-forward}: the device takes a port back.
 *
 * @param wantReply answered even when false, as existing servers do (apf.md section 2.8)
 * @param port 0 to 65535
 */
public record CancelTcpipForward(boolean wantReply, String address, int port)
        implements GlobalRequest {}
