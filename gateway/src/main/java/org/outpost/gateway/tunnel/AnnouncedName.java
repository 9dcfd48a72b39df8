package org.outpost.gateway.tunnel;

import io.netty.util.NetUtil;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a device says it is called: a claim, kept when it is plausible (protocol/README 2). */
final class AnnouncedName {
    private static final int LONGEST = 253;
    private static final Pattern HOST_NAME =
            Pattern.compile(
                    "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
                            + "(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\\.?");

    private AnnouncedName() {}

    /** RFC 1123 section 2.1, with the underscore that Windows allows; never an address. */
    static boolean isPlausible(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && !isAddress(text)
                && HOST_NAME.matcher(text).matches();
    }

    /** Whether the text is an IPv4 or IPv6 address literal. */
    static boolean isAddress(String text) {
        return NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text);
    }

    /** The form in which names are compared. */
    static String key(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** The part before the first dot of a {@link #key}. */
    static String firstLabel(String key) {
        int dot = key.indexOf('.');
        return dot < 0 ? key : key.substring(0, dot);
    }
}
