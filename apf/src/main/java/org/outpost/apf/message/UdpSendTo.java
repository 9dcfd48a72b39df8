package org.outpost.apf.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;

/**
 * {@code udp-send-to@amt.intel.com}: the device asks for a datagram to be sent (apf.md section
 * 3.6). Owns its datagram.
 */
public final class UdpSendTo extends DefaultByteBufHolder implements GlobalRequest {
    private final boolean wantReply;
    private final String address;
    private final int port;
    private final String originatorAddress;
    private final int originatorPort;

    /**
     * Makes a request.
     *
     * @param address where to send the datagram, a host name or an address literal
     * @param port 0 to 65535
     * @param originatorAddress the device's own address as text
     * @param originatorPort 0 to 65535
     * @param datagram at most 65507 bytes; ownership passes to the message
     */
    public UdpSendTo(
            boolean wantReply,
            String address,
            int port,
            String originatorAddress,
            int originatorPort,
            ByteBuf datagram) {
        super(datagram);
        this.wantReply = wantReply;
        this.address = address;
        this.port = port;
        this.originatorAddress = originatorAddress;
        this.originatorPort = originatorPort;
    }

    @Override
    public boolean wantReply() {
        return wantReply;
    }

    /** Where to send the datagram. */
    public String address() {
        return address;
    }

    /** The port to send it to, 0 to 65535. */
    public int port() {
        return port;
    }

    /** The device's own address as text. */
    public String originatorAddress() {
        return originatorAddress;
    }

    /** The device's own port, 0 to 65535. */
    public int originatorPort() {
        return originatorPort;
    }

    @Override
    public UdpSendTo replace(ByteBuf content) {
        return new UdpSendTo(wantReply, address, port, originatorAddress, originatorPort, content);
    }
}
