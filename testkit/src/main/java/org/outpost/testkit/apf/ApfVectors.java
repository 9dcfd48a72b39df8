package org.outpost.testkit.apf;

import java.util.List;

/**
 * The test vectors of apf.md section 12: 31 messages, each compared there with other
 * implementations, and the malformed or ambiguous inputs of that section's notes.
 */
public final class ApfVectors {
    private static final String ZEROS_64 = "00".repeat(64);

    /** PROTOCOLVERSION: 1.0, trigger 4 (periodic), UUID 4c4c4544-0048-3310-8039-c8c04f335231. */
    public static final Vector V01 =
            new Vector(
                    "V01",
                    Direction.DEVICE_TO_SERVER,
                    "PROTOCOLVERSION: 1.0, trigger 4 (periodic), UUID"
                            + " 4c4c4544-0048-3310-8039-c8c04f335231",
                    "c000000001000000000000000444454c4c480010338039c8c04f335231" + ZEROS_64);

    /** PROTOCOLVERSION: 1.0, trigger 254 (LME_REQUEST), zero UUID. */
    public static final Vector V02 =
            new Vector(
                    "V02",
                    Direction.BOTH,
                    "PROTOCOLVERSION: 1.0, trigger 254 (LME_REQUEST), zero UUID",
                    "c00000000100000000000000fe00000000000000000000000000000000" + ZEROS_64);

    /** SERVICE_REQUEST: auth@amt.intel.com. */
    public static final Vector V03 =
            new Vector(
                    "V03",
                    Direction.DEVICE_TO_SERVER,
                    "SERVICE_REQUEST: auth@amt.intel.com",
                    "05000000126175746840616d742e696e74656c2e636f6d");

    /** SERVICE_ACCEPT: auth@amt.intel.com. */
    public static final Vector V04 =
            new Vector(
                    "V04",
                    Direction.SERVER_TO_DEVICE,
                    "SERVICE_ACCEPT: auth@amt.intel.com",
                    "06000000126175746840616d742e696e74656c2e636f6d");

    /** USERAUTH_REQUEST: user "admin", service pfwd, method "password", password "P@ssw0rd". */
    public static final Vector V05 =
            new Vector(
                    "V05",
                    Direction.DEVICE_TO_SERVER,
                    "USERAUTH_REQUEST: user \"admin\", service pfwd, method \"password\", password"
                            + " \"P@ssw0rd\"",
                    "320000000561646d696e000000127066776440616d742e696e74656c2e636f6d000000087061"
                            + "7373776f726400000000085040737377307264");

    /** USERAUTH_REQUEST: user "", service pfwd, method "none". */
    public static final Vector V06 =
            new Vector(
                    "V06",
                    Direction.DEVICE_TO_SERVER,
                    "USERAUTH_REQUEST: user \"\", service pfwd, method \"none\"",
                    "3200000000000000127066776440616d742e696e74656c2e636f6d000000046e6f6e65");

    /** USERAUTH_SUCCESS. */
    public static final Vector V07 =
            new Vector("V07", Direction.SERVER_TO_DEVICE, "USERAUTH_SUCCESS", "34");

    /** USERAUTH_FAILURE: "password", partial=0, 14-byte form. */
    public static final Vector V08 =
            new Vector(
                    "V08",
                    Direction.SERVER_TO_DEVICE,
                    "USERAUTH_FAILURE: \"password\", partial=0, 14-byte form",
                    "330000000870617373776f726400");

    /** SERVICE_REQUEST: pfwd@amt.intel.com. */
    public static final Vector V09 =
            new Vector(
                    "V09",
                    Direction.DEVICE_TO_SERVER,
                    "SERVICE_REQUEST: pfwd@amt.intel.com",
                    "05000000127066776440616d742e696e74656c2e636f6d");

    /** SERVICE_ACCEPT: pfwd@amt.intel.com. */
    public static final Vector V10 =
            new Vector(
                    "V10",
                    Direction.SERVER_TO_DEVICE,
                    "SERVICE_ACCEPT: pfwd@amt.intel.com",
                    "06000000127066776440616d742e696e74656c2e636f6d");

    /** GLOBAL_REQUEST tcpip-forward: want=1, addr "", port 16993. */
    public static final Vector V11 =
            new Vector(
                    "V11",
                    Direction.DEVICE_TO_SERVER,
                    "GLOBAL_REQUEST tcpip-forward: want=1, addr \"\", port 16993",
                    "500000000d74637069702d666f7277617264010000000000004261");

    /** GLOBAL_REQUEST tcpip-forward: want=1, addr "amt-pc", port 5900. */
    public static final Vector V12 =
            new Vector(
                    "V12",
                    Direction.DEVICE_TO_SERVER,
                    "GLOBAL_REQUEST tcpip-forward: want=1, addr \"amt-pc\", port 5900",
                    "500000000d74637069702d666f72776172640100000006616d742d70630000170c");

    /** REQUEST_SUCCESS (forward): port 16993. */
    public static final Vector V13 =
            new Vector(
                    "V13",
                    Direction.SERVER_TO_DEVICE,
                    "REQUEST_SUCCESS (forward): port 16993",
                    "5100004261");

    /** GLOBAL_REQUEST cancel-tcpip-forward: want=1, addr "", port 16992. */
    public static final Vector V14 =
            new Vector(
                    "V14",
                    Direction.DEVICE_TO_SERVER,
                    "GLOBAL_REQUEST cancel-tcpip-forward: want=1, addr \"\", port 16992",
                    "500000001463616e63656c2d74637069702d666f7277617264010000000000004260");

    /** REQUEST_SUCCESS (cancel). */
    public static final Vector V15 =
            new Vector("V15", Direction.SERVER_TO_DEVICE, "REQUEST_SUCCESS (cancel)", "51");

    /** REQUEST_FAILURE. */
    public static final Vector V16 =
            new Vector("V16", Direction.SERVER_TO_DEVICE, "REQUEST_FAILURE", "52");

    /**
     * GLOBAL_REQUEST udp-send-to: want=0, to 192.0.2.10:162, from 192.168.1.5:16992, data 30030201.
     */
    public static final Vector V17 =
            new Vector(
                    "V17",
                    Direction.DEVICE_TO_SERVER,
                    "GLOBAL_REQUEST udp-send-to: want=0, to 192.0.2.10:162, from 192.168.1.5:16992,"
                            + " data 30030201",
                    "50000000197564702d73656e642d746f40616d742e696e74656c2e636f6d000000000a313932"
                        + "2e302e322e3130000000a20000000b3139322e3136382e312e35000042600000000430030201");

    /**
     * CHANNEL_OPEN forwarded-tcpip: ch 4, window 32768, connected "":16992, originator
     * 1.2.3.4:1024.
     */
    public static final Vector V18 =
            new Vector(
                    "V18",
                    Direction.SERVER_TO_DEVICE,
                    "CHANNEL_OPEN forwarded-tcpip: ch 4, window 32768, connected \"\":16992,"
                            + " originator 1.2.3.4:1024",
                    "5a0000000f666f727761726465642d74637069700000000400008000ffffffff000000000000"
                            + "426000000007312e322e332e3400000400");

    /** CHANNEL_OPEN forwarded-tcpip: ch 2, window 4096, connected ::1:16992, originator ::1:123. */
    public static final Vector V19 =
            new Vector(
                    "V19",
                    Direction.SERVER_TO_DEVICE,
                    "CHANNEL_OPEN forwarded-tcpip: ch 2, window 4096, connected ::1:16992,"
                            + " originator ::1:123",
                    "5a0000000f666f727761726465642d74637069700000000200001000ffffffff000000033a3a"
                            + "3100004260000000033a3a310000007b");

    /**
     * CHANNEL_OPEN direct-tcpip: ch 1, window 4096, connect 192.0.2.20:8443, originator
     * 192.168.1.5:49152.
     */
    public static final Vector V20 =
            new Vector(
                    "V20",
                    Direction.DEVICE_TO_SERVER,
                    "CHANNEL_OPEN direct-tcpip: ch 1, window 4096, connect 192.0.2.20:8443,"
                            + " originator 192.168.1.5:49152",
                    "5a0000000c6469726563742d74637069700000000100001000ffffffff0000000a3139322e30"
                            + "2e322e3230000020fb0000000b3139322e3136382e312e350000c000");

    /** CHANNEL_OPEN_CONFIRMATION: recipient 4, sender 0, window 4095. */
    public static final Vector V21 =
            new Vector(
                    "V21",
                    Direction.DEVICE_TO_SERVER,
                    "CHANNEL_OPEN_CONFIRMATION: recipient 4, sender 0, window 4095",
                    "5b000000040000000000000fffffffffff");

    /** CHANNEL_OPEN_FAILURE: recipient 4, reason 4 (resource shortage). */
    public static final Vector V22 =
            new Vector(
                    "V22",
                    Direction.DEVICE_TO_SERVER,
                    "CHANNEL_OPEN_FAILURE: recipient 4, reason 4 (resource shortage)",
                    "5c00000004000000040000000000000000");

    /** CHANNEL_DATA: recipient 0, "GET / HTTP/1.1\r\n\r\n" (18 bytes). */
    public static final Vector V23 =
            new Vector(
                    "V23",
                    Direction.SERVER_TO_DEVICE,
                    "CHANNEL_DATA: recipient 0, \"GET / HTTP/1.1\\r\\n\\r\\n\" (18 bytes)",
                    "5e0000000000000012474554202f20485454502f312e310d0a0d0a");

    /** CHANNEL_DATA: recipient 4, zero length. */
    public static final Vector V24 =
            new Vector(
                    "V24",
                    Direction.DEVICE_TO_SERVER,
                    "CHANNEL_DATA: recipient 4, zero length",
                    "5e0000000400000000");

    /** CHANNEL_WINDOW_ADJUST: recipient 4, add 499. */
    public static final Vector V25 =
            new Vector(
                    "V25",
                    Direction.BOTH,
                    "CHANNEL_WINDOW_ADJUST: recipient 4, add 499",
                    "5d00000004000001f3");

    /** CHANNEL_CLOSE: recipient 4. */
    public static final Vector V26 =
            new Vector("V26", Direction.BOTH, "CHANNEL_CLOSE: recipient 4", "6100000004");

    /** KEEPALIVE_REQUEST: cookie 0x000000ff. */
    public static final Vector V27 =
            new Vector(
                    "V27",
                    Direction.DEVICE_TO_SERVER,
                    "KEEPALIVE_REQUEST: cookie 0x000000ff",
                    "d0000000ff");

    /** KEEPALIVE_REPLY: cookie 0x000000ff. */
    public static final Vector V28 =
            new Vector(
                    "V28",
                    Direction.SERVER_TO_DEVICE,
                    "KEEPALIVE_REPLY: cookie 0x000000ff",
                    "d1000000ff");

    /** KEEPALIVE_OPTIONS_REQUEST: interval 30 s, timeout 0. */
    public static final Vector V29 =
            new Vector(
                    "V29",
                    Direction.SERVER_TO_DEVICE,
                    "KEEPALIVE_OPTIONS_REQUEST: interval 30 s, timeout 0",
                    "d20000001e00000000");

    /** KEEPALIVE_OPTIONS_REPLY: interval 30 s, timeout 0. */
    public static final Vector V30 =
            new Vector(
                    "V30",
                    Direction.DEVICE_TO_SERVER,
                    "KEEPALIVE_OPTIONS_REPLY: interval 30 s, timeout 0",
                    "d30000001e00000000");

    /** DISCONNECT: reason 11 (by application). */
    public static final Vector V31 =
            new Vector(
                    "V31",
                    Direction.BOTH,
                    "DISCONNECT: reason 11 (by application)",
                    "010000000b0000");

    /** All 31, in order. */
    public static final List<Vector> ALL =
            List.of(
                    V01, V02, V03, V04, V05, V06, V07, V08, V09, V10, V11, V12, V13, V14, V15, V16,
                    V17, V18, V19, V20, V21, V22, V23, V24, V25, V26, V27, V28, V29, V30, V31);

    /** Two bytes short of a PROTOCOLVERSION: wait for more. */
    public static final Negative N01 =
            new Negative(
                    "N01",
                    ApfSide.DEVICE,
                    "PROTOCOLVERSION of 92 bytes: incomplete, wait",
                    "c0" + "00".repeat(91),
                    Expected.WAIT);

    /** CHANNEL_DATA that claims more than 1 MiB. */
    public static final Negative N02 =
            new Negative(
                    "N02",
                    ApfSide.DEVICE,
                    "CHANNEL_DATA of 1 MiB and one byte: protocol error",
                    "5e0000000400100001",
                    Expected.PROTOCOL_ERROR);

    /** A string of 2049 bytes. */
    public static final Negative N03 =
            new Negative(
                    "N03",
                    ApfSide.DEVICE,
                    "SERVICE_REQUEST with a name of 2049 bytes: protocol error",
                    "0500000801",
                    Expected.PROTOCOL_ERROR);

    /** SSH's CHANNEL_EOF, which APF does not have. */
    public static final Negative N04 =
            new Negative(
                    "N04",
                    ApfSide.DEVICE,
                    "type 96 (CHANNEL_EOF of SSH): unknown type, protocol error",
                    "6000000004",
                    Expected.PROTOCOL_ERROR);

    /** All malformed or unfinished inputs. */
    public static final List<Negative> NEGATIVE = List.of(N01, N02, N03, N04);

    /**
     * What a device reads whose requests [forward 16993, cancel] are outstanding: success(16993),
     * success(cancel), keep-alive request 255. A parser that guesses by available bytes misreads
     * it.
     */
    public static final Vector REPLIES_IN_ORDER =
            new Vector(
                    "R01",
                    Direction.SERVER_TO_DEVICE,
                    "REQUEST_SUCCESS 16993, REQUEST_SUCCESS (cancel), KEEPALIVE_REQUEST 255",
                    "5100004261" + "51" + "d0000000ff");

    private ApfVectors() {}

    /** Who may send a vector. */
    public enum Direction {
        /** Only a device. */
        DEVICE_TO_SERVER,
        /** Only a server, or LMS. */
        SERVER_TO_DEVICE,
        /** Either. */
        BOTH;

        /** A side that may send it. */
        public ApfSide sender() {
            return this == SERVER_TO_DEVICE ? ApfSide.SERVER : ApfSide.DEVICE;
        }
    }

    /** What a receiver does with a negative vector. */
    public enum Expected {
        /** Waits for more bytes. */
        WAIT,
        /** Sends DISCONNECT with reason 2 and closes. */
        PROTOCOL_ERROR
    }

    /** A well-formed message, or several, with its bytes in hexadecimal. */
    public record Vector(String id, Direction direction, String description, String hex) {
        /** The bytes, a new array each time. */
        public byte[] bytes() {
            return Octets.ofHex(hex).bytes();
        }

        @Override
        public String toString() {
            return id + " " + description;
        }
    }

    /** An input that is no message. */
    public record Negative(
            String id, ApfSide from, String description, String hex, Expected expected) {
        /** The bytes, a new array each time. */
        public byte[] bytes() {
            return Octets.ofHex(hex).bytes();
        }

        @Override
        public String toString() {
            return id + " " + description;
        }
    }
}
