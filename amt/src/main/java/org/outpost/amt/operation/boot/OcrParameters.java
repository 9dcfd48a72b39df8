package org.outpost.amt.operation.boot;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of HTTPS boot and one-click recovery, as AMT wants them: a row of items of type,
 * length and value (wsman.md section 6).
 */
public final class OcrParameters {
    private static final int VENDOR = 0x8086;

    private final List<Item> items;

    private OcrParameters(List<Item> items) {
        this.items = List.copyOf(items);
    }

    private record Item(Type type, List<Byte> value) {}

    /** The types of items, with the most bytes that each may have. */
    public enum Type {
        URI(1, 300),
        EFI_FILE_DEVICE_PATH(2, 300),
        DEVICE_PATH_LENGTH(3, 2),
        IMAGE_HASH_SHA256(4, 32),
        IMAGE_HASH_SHA384(5, 48),
        IMAGE_HASH_SHA512(6, 64),
        OPTIONAL_DATA(10, 50),
        SYNC_ROOT_CA(20, 1),
        SERVER_NAME(21, 256),
        NAME_VERIFY_METHOD(22, 2),
        SERVER_CERTIFICATE_HASH_SHA256(23, 32),
        SERVER_CERTIFICATE_HASH_SHA384(24, 48),
        SERVER_CERTIFICATE_HASH_SHA512(25, 64),
        REQUEST_TIMEOUT(30, 2),
        USER(40, 16),
        PASSWORD(41, 16);

        private final int number;
        private final int longest;

        Type(int number, int longest) {
            this.number = number;
            this.longest = longest;
        }
    }

    /** Without items. */
    public static OcrParameters none() {
        return new OcrParameters(List.of());
    }

    /**
     * HTTPS boot from a URL, trusting the roots that AMT trusts, with the firmware's own timeout.
     *
     * @param url of the image, https, up to 300 characters
     */
    public static OcrParameters https(String url) {
        if (!url.startsWith("https://")) {
            throw new IllegalArgumentException("HTTPS boot needs a URL that begins with https://");
        }
        return none().with(Type.URI, url).with(Type.SYNC_ROOT_CA, new byte[] {1}).timeout(0);
    }

    /** The same with one more item. */
    public OcrParameters with(Type type, byte[] value) {
        if (value.length == 0 || value.length > type.longest) {
            throw new IllegalArgumentException(
                    type + " has 1 to " + type.longest + " bytes, not " + value.length);
        }
        List<Byte> bytes = new ArrayList<>(value.length);
        for (byte one : value) {
            bytes.add(one);
        }
        List<Item> more = new ArrayList<>(items);
        more.add(new Item(type, List.copyOf(bytes)));
        return new OcrParameters(more);
    }

    /** The same with one more text. */
    public OcrParameters with(Type type, String value) {
        return with(type, value.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * The same with the time that a request may take.
     *
     * @param seconds 0 to 65535; 0 is the firmware's own
     */
    public OcrParameters timeout(int seconds) {
        if (seconds < 0 || seconds > 0xFFFF) {
            throw new IllegalArgumentException("the timeout has 0 to 65535 seconds");
        }
        return with(Type.REQUEST_TIMEOUT, new byte[] {(byte) seconds, (byte) (seconds >> 8)});
    }

    /**
     * The same with a sign-in at the server.
     *
     * @param user up to 16 characters
     * @param password up to 16 characters
     */
    public OcrParameters signIn(String user, String password) {
        return with(Type.USER, user).with(Type.PASSWORD, password);
    }

    /** How many items there are (UefiBootNumberOfParams). */
    public int count() {
        return items.size();
    }

    /** The items one after the other (UefiBootParametersArray), before base64. */
    public byte[] encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Item item : items) {
            little(out, VENDOR, 2);
            little(out, item.type().number, 2);
            little(out, item.value().size(), 4);
            item.value().forEach(out::write);
        }
        return out.toByteArray();
    }

    private static void little(ByteArrayOutputStream out, int value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write(value >>> (8 * i));
        }
    }

    /** Without the values, one of which may be a password. */
    @Override
    public String toString() {
        return "OcrParameters" + items.stream().map(Item::type).toList();
    }
}
