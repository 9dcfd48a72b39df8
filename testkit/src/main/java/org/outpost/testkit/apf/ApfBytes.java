package org.outpost.testkit.apf;

import java.io.ByteArrayOutputStream;
import java.util.UUID;

/**
 * Builds every APF message as bytes, from the layouts of apf.md section 2 and nothing else. Nothing
 * is checked beyond the ranges of the wire types, so that wrong messages can be built too. Numbers
 * are u32 (0 to 2^32-1) unless said otherwise.
 */
public final class ApfBytes {
    /** Service name of the authentication phase (2.4). */
    public static final String AUTH = "auth@amt.intel.com";

    /** Service name of the port forwarding phase (2.4). */
    public static final String PFWD = "pfwd@amt.intel.com";

    /** Name of the request that relays a datagram (2.7). */
    public static final String UDP_SEND_TO = "udp-send-to@amt.intel.com";

    private static final long RESERVED_ONES = 0xffff_ffffL;

    private ApfBytes() {}

    /** DISCONNECT (2.6), 7 bytes. */
    public static byte[] disconnect(long reason) {
        return new WireWriter(1).u32(reason).u16(0).done();
    }

    /** SERVICE_REQUEST (2.4). */
    public static byte[] serviceRequest(String service) {
        return new WireWriter(5).str(service).done();
    }

    /** SERVICE_ACCEPT (2.4). */
    public static byte[] serviceAccept(String service) {
        return new WireWriter(6).str(service).done();
    }

    /** USERAUTH_REQUEST with method {@code password} and the pfwd service (2.4). */
    public static byte[] userauthPassword(String user, String password) {
        return userauthPassword(user, PFWD, 0, password);
    }

    /** USERAUTH_REQUEST with method {@code password}; {@code flag} is a byte, properly 0. */
    public static byte[] userauthPassword(String user, String service, int flag, String password) {
        return userauthHead(user, service, "password").u8(flag).str(password).done();
    }

    /** USERAUTH_REQUEST with method {@code none} and the pfwd service (2.4). */
    public static byte[] userauthNone(String user) {
        return userauthOther(user, PFWD, "none", new byte[0]);
    }

    /** USERAUTH_REQUEST with any method and whatever follows it. */
    public static byte[] userauthOther(String user, String service, String method, byte[] tail) {
        return userauthHead(user, service, method).raw(tail).done();
    }

    private static WireWriter userauthHead(String user, String service, String method) {
        return new WireWriter(50).str(user).str(service).str(method);
    }

    /** USERAUTH_FAILURE in the form with one trailing byte (2.5). */
    public static byte[] userauthFailure(String methods) {
        return new WireWriter(51).str(methods).u8(0).done();
    }

    /** USERAUTH_SUCCESS (2.5). */
    public static byte[] userauthSuccess() {
        return new WireWriter(52).done();
    }

    /** GLOBAL_REQUEST tcpip-forward (2.7). */
    public static byte[] tcpipForward(boolean wantReply, String address, long port) {
        return global("tcpip-forward", wantReply).str(address).u32(port).done();
    }

    /** GLOBAL_REQUEST cancel-tcpip-forward (2.7). */
    public static byte[] cancelTcpipForward(boolean wantReply, String address, long port) {
        return global("cancel-tcpip-forward", wantReply).str(address).u32(port).done();
    }

    /** GLOBAL_REQUEST udp-send-to (2.7). */
    public static byte[] udpSendTo(
            boolean wantReply,
            String host,
            long port,
            String originator,
            long originatorPort,
            byte[] datagram) {
        return global(UDP_SEND_TO, wantReply)
                .str(host)
                .u32(port)
                .str(originator)
                .u32(originatorPort)
                .counted(datagram)
                .done();
    }

    /** GLOBAL_REQUEST of any name with whatever follows the want-reply byte. */
    public static byte[] globalRequest(String name, boolean wantReply, byte[] tail) {
        return global(name, wantReply).raw(tail).done();
    }

    private static WireWriter global(String name, boolean wantReply) {
        return new WireWriter(80).str(name).u8(wantReply ? 1 : 0);
    }

    /** REQUEST_SUCCESS in answer to tcpip-forward (2.8), 5 bytes. */
    public static byte[] requestSuccess(long port) {
        return new WireWriter(81).u32(port).done();
    }

    /** REQUEST_SUCCESS in answer to cancel-tcpip-forward (2.8), 1 byte. */
    public static byte[] requestSuccess() {
        return new WireWriter(81).done();
    }

    /** REQUEST_FAILURE (2.8), 1 byte. */
    public static byte[] requestFailure() {
        return new WireWriter(82).done();
    }

    /** CHANNEL_OPEN of a type such as forwarded-tcpip or direct-tcpip (2.9). */
    public static byte[] channelOpen(
            String type,
            long sender,
            long window,
            String host,
            long port,
            String originator,
            long originatorPort) {
        return new WireWriter(90)
                .str(type)
                .u32(sender)
                .u32(window)
                .u32(RESERVED_ONES)
                .str(host)
                .u32(port)
                .str(originator)
                .u32(originatorPort)
                .done();
    }

    /** CHANNEL_OPEN_CONFIRMATION (2.10), 17 bytes. */
    public static byte[] channelOpenConfirmation(long recipient, long sender, long window) {
        return new WireWriter(91).u32(recipient).u32(sender).u32(window).u32(RESERVED_ONES).done();
    }

    /** CHANNEL_OPEN_FAILURE (2.10), 17 bytes. */
    public static byte[] channelOpenFailure(long recipient, long reason) {
        return new WireWriter(92).u32(recipient).u32(reason).u32(0).u32(0).done();
    }

    /** CHANNEL_WINDOW_ADJUST (2.11), 9 bytes. */
    public static byte[] channelWindowAdjust(long recipient, long add) {
        return new WireWriter(93).u32(recipient).u32(add).done();
    }

    /** CHANNEL_DATA (2.11). */
    public static byte[] channelData(long recipient, byte[] data) {
        return new WireWriter(94).u32(recipient).counted(data).done();
    }

    /** CHANNEL_CLOSE (2.11), 5 bytes. */
    public static byte[] channelClose(long recipient) {
        return new WireWriter(97).u32(recipient).done();
    }

    /** PROTOCOLVERSION 1.0 (2.3), 93 bytes. */
    public static byte[] protocolVersion(long trigger, UUID uuid) {
        return protocolVersion(1, 0, trigger, uuid);
    }

    /** PROTOCOLVERSION of any version (2.3), 93 bytes. */
    public static byte[] protocolVersion(long major, long minor, long trigger, UUID uuid) {
        return new WireWriter(192).u32(major).u32(minor).u32(trigger).uuid(uuid).zeros(64).done();
    }

    /** KEEPALIVE_REQUEST (2.12), 5 bytes. */
    public static byte[] keepAliveRequest(long cookie) {
        return new WireWriter(208).u32(cookie).done();
    }

    /** KEEPALIVE_REPLY (2.12), 5 bytes. */
    public static byte[] keepAliveReply(long cookie) {
        return new WireWriter(209).u32(cookie).done();
    }

    /** KEEPALIVE_OPTIONS_REQUEST (2.12), both values in seconds, 9 bytes. */
    public static byte[] keepAliveOptionsRequest(long interval, long timeout) {
        return new WireWriter(210).u32(interval).u32(timeout).done();
    }

    /** KEEPALIVE_OPTIONS_REPLY (2.12), both values in seconds, 9 bytes. */
    public static byte[] keepAliveOptionsReply(long interval, long timeout) {
        return new WireWriter(211).u32(interval).u32(timeout).done();
    }

    /** JSON_CONTROL (2.1), private to another server; no firmware sends it. */
    public static byte[] jsonControl(String json) {
        return new WireWriter(250).str(json).done();
    }

    /** Several messages as one array. */
    public static byte[] concat(byte[]... messages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            all.writeBytes(message);
        }
        return all.toByteArray();
    }
}
