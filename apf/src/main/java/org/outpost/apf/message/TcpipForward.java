package org.outpost.apf.message;

/**
 * {@code tcpip-forward}: the device announces a port that can be reached through the tunnel.
 *
 * @param wantReply answered with REQUEST_SUCCESS even when false: real clients send 0 and wait
 *     (protocol/README 10)
 * @param address empty, or a name that the device claims
 * @param port 0 to 65535
 */
public record TcpipForward(boolean wantReply, String address, int port) implements GlobalRequest {}
