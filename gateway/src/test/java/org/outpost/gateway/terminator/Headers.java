package org.outpost.gateway.terminator;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/** PROXY headers as bytes, written from the specification, without the codec under test. */
final class Headers {
    static final int LOCAL = 0x20;
    static final int PROXY = 0x21;
    static final int CLIENT_SSL = 1;
    static final int CLIENT_CERT_CONN = 2;
    static final int VERIFIED = 0;
    private static final byte[] SIGNATURE = {
        0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A
    };

    private Headers() {}

    static byte[] v1(String line) {
        return (line + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] v2(int versionAndCommand, String source, int port, byte[]... tlvs) {
        byte[] address = InetAddress.ofLiteral(source).getAddress();
        boolean four = address.length == 4;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(address);
        body.writeBytes(InetAddress.ofLiteral(four ? "192.0.2.1" : "2001:db8::1").getAddress());
        u16(body, port);
        u16(body, 4433);
        for (byte[] tlv : tlvs) {
            body.writeBytes(tlv);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(SIGNATURE);
        all.write(versionAndCommand);
        all.write(four ? 0x11 : 0x21);
        u16(all, body.size());
        all.writeBytes(body.toByteArray());
        return all.toByteArray();
    }

    static byte[] tlv(int type, byte[] value) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(type);
        u16(all, value.length);
        all.writeBytes(value);
        return all.toByteArray();
    }

    static byte[] ssl(int client, int verify, byte[]... inner) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(client);
        u16(value, verify >>> 16);
        u16(value, verify);
        for (byte[] one : inner) {
            value.writeBytes(one);
        }
        return tlv(0x20, value.toByteArray());
    }

    static byte[] name(String commonName) {
        return tlv(0x22, commonName.getBytes(StandardCharsets.UTF_8));
    }

    private static void u16(ByteArrayOutputStream out, int value) {
        out.write(value >>> 8);
        out.write(value);
    }
}
