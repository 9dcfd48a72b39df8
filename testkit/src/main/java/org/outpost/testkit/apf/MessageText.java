package org.outpost.testkit.apf;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The written form of a message: a vector's id ({@code V05}), {@code hex} and digits, or a name
 * with {@code key=value} fields; values with blanks stand in double quotes, where {@code \r},
 * {@code \n}, {@code \"} and {@code \\} are known.
 */
final class MessageText {
    private static final Pattern FIELD =
            Pattern.compile("\\s+([a-z-]+)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S*))");

    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    private final String name;
    private final Map<String, String> fields = new LinkedHashMap<>();

    private MessageText(String text) {
        int end = text.indexOf(' ');
        this.name = end < 0 ? text : text.substring(0, end);
        Matcher matcher = FIELD.matcher(text);
        int at = name.length();
        while (matcher.find(at) && matcher.start() == at) {
            String quoted = matcher.group(2);
            fields.put(matcher.group(1), quoted == null ? matcher.group(3) : unescape(quoted));
            at = matcher.end();
        }
        if (at != text.length()) {
            throw new IllegalArgumentException("cannot read: " + text.substring(at));
        }
    }

    /**
     * The bytes of a message in its written form.
     *
     * @throws IllegalArgumentException if a name or a field is unknown, missing or out of range
     */
    static byte[] bytes(String text) {
        if (text.startsWith("hex ")) {
            return Octets.ofHex(text.substring(4)).bytes();
        }
        if (text.matches("V\\d\\d")) {
            return ApfVectors.ALL.stream()
                    .filter(vector -> vector.id().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no vector " + text))
                    .bytes();
        }
        MessageText message = new MessageText(text);
        byte[] bytes = message.build();
        if (!message.fields.isEmpty()) {
            throw new IllegalArgumentException("unknown fields " + message.fields.keySet());
        }
        return bytes;
    }

    private static String unescape(String quoted) {
        return ESCAPE.matcher(quoted)
                .replaceAll(
                        match ->
                                Matcher.quoteReplacement(
                                        switch (match.group(1)) {
                                            case "r" -> "\r";
                                            case "n" -> "\n";
                                            default -> match.group(1);
                                        }));
    }

    private byte[] build() {
        return switch (name) {
            case "disconnect" -> ApfBytes.disconnect(number("reason"));
            case "service-request" -> ApfBytes.serviceRequest(text("service"));
            case "service-accept" -> ApfBytes.serviceAccept(text("service"));
            case "userauth-request" -> userauth();
            case "userauth-failure" -> ApfBytes.userauthFailure(text("methods"));
            case "userauth-success" -> ApfBytes.userauthSuccess();
            case "tcpip-forward" ->
                    ApfBytes.tcpipForward(flag("want"), text("address"), number("port"));
            case "cancel-tcpip-forward" ->
                    ApfBytes.cancelTcpipForward(flag("want"), text("address"), number("port"));
            case "udp-send-to" -> udpSendTo();
            case "global-request" ->
                    ApfBytes.globalRequest(text("name"), flag("want"), hex("tail"));
            case "forward-success" -> ApfBytes.requestSuccess(number("port"));
            case "cancel-success" -> ApfBytes.requestSuccess();
            case "request-failure" -> ApfBytes.requestFailure();
            case "channel-open" -> channelOpen();
            case "channel-open-confirmation" ->
                    ApfBytes.channelOpenConfirmation(
                            number("recipient"), number("sender"), number("window"));
            case "channel-open-failure" ->
                    ApfBytes.channelOpenFailure(number("recipient"), number("reason"));
            case "channel-window-adjust" ->
                    ApfBytes.channelWindowAdjust(number("recipient"), number("add"));
            case "channel-data" -> ApfBytes.channelData(number("recipient"), data());
            case "channel-close" -> ApfBytes.channelClose(number("recipient"));
            case "protocol-version" -> protocolVersion();
            case "keepalive-request" -> ApfBytes.keepAliveRequest(number("cookie"));
            case "keepalive-reply" -> ApfBytes.keepAliveReply(number("cookie"));
            case "keepalive-options-request" ->
                    ApfBytes.keepAliveOptionsRequest(number("interval"), number("timeout"));
            case "keepalive-options-reply" ->
                    ApfBytes.keepAliveOptionsReply(number("interval"), number("timeout"));
            default -> throw new IllegalArgumentException("no message is called " + name);
        };
    }

    private byte[] userauth() {
        String user = text("user");
        String service = fields.containsKey("service") ? text("service") : ApfBytes.PFWD;
        String method = text("method");
        return method.equals("password")
                ? ApfBytes.userauthPassword(user, service, 0, text("password"))
                : ApfBytes.userauthOther(user, service, method, new byte[0]);
    }

    private byte[] udpSendTo() {
        return ApfBytes.udpSendTo(
                flag("want"),
                text("host"),
                number("port"),
                text("originator"),
                number("originator-port"),
                data());
    }

    private byte[] channelOpen() {
        return ApfBytes.channelOpen(
                text("type"),
                number("sender"),
                number("window"),
                text("host"),
                number("port"),
                text("originator"),
                number("originator-port"));
    }

    private byte[] protocolVersion() {
        return ApfBytes.protocolVersion(
                number("major"), number("minor"), number("trigger"), UUID.fromString(text("uuid")));
    }

    private byte[] data() {
        if (fields.containsKey("zeros")) {
            return new byte[Math.toIntExact(number("zeros"))];
        }
        return fields.containsKey("hex")
                ? hex("hex")
                : text("text").getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] hex(String key) {
        return Octets.ofHex(text(key)).bytes();
    }

    private boolean flag(String key) {
        return number(key) != 0;
    }

    private long number(String key) {
        String value = text(key);
        return value.startsWith("0x")
                ? Long.parseLong(value.substring(2), 16)
                : Long.parseLong(value);
    }

    private String text(String key) {
        String value = fields.remove(key);
        if (value == null) {
            throw new IllegalArgumentException(name + " needs " + key);
        }
        return value;
    }
}
