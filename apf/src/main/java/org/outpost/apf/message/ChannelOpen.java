package org.outpost.apf.message;

/**
 * CHANNEL_OPEN (90), apf.md section 2.9.
 *
 * @param channelType {@code forwarded-tcpip} from the server, {@code direct-tcpip} from the device
 * @param senderChannel the opener's own number
 * @param initialWindow bytes that the acceptor may send, 0 to 2^32 - 1
 * @param address the connected address, or the host to connect to
 * @param port the connected port, or the port to connect to, 0 to 65535
 * @param originatorAddress address text of whoever caused the open
 * @param originatorPort 0 to 65535
 */
public record ChannelOpen(
        String channelType,
        int senderChannel,
        long initialWindow,
        String address,
        int port,
        String originatorAddress,
        int originatorPort)
        implements ChannelMessage {}
