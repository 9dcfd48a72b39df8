package org.outpost.gateway.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Takes out of a message what is meant for the next hop alone (RFC 9110 section 7.6.1): the fields
 * of that section, those that Connection names, and everything that begins with {@code Proxy-}.
 * Framing fields are left to the codec.
 */
final class ForwardedFields {
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "keep-alive", "te", "upgrade", "trailer");

    /** Never taken out on the word of a Connection field: the message would change its meaning. */
    private static final Set<String> ESSENTIAL =
            Set.of("host", "content-length", "transfer-encoding", "authorization");

    private ForwardedFields() {}

    static void strip(HttpHeaders fields) {
        Set<String> doomed = new HashSet<>(HOP_BY_HOP);
        for (String value : fields.getAll(HttpHeaderNames.CONNECTION)) {
            for (String name : value.split(",", -1)) {
                String lower = name.trim().toLowerCase(Locale.ROOT);
                if (!ESSENTIAL.contains(lower)) {
                    doomed.add(lower);
                }
            }
        }
        for (Map.Entry<String, String> field : fields.entries()) {
            String lower = field.getKey().toLowerCase(Locale.ROOT);
            if (doomed.contains(lower) || lower.startsWith("proxy-")) {
                fields.remove(field.getKey());
            }
        }
    }
}
