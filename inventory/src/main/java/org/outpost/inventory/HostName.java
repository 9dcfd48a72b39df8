package org.outpost.inventory;

import java.util.Locale;

/** How names are compared: without regard to case or to the dot of the root (RFC 1034 §3.1). */
final class HostName {
    private HostName() {}

    static String key(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    static String firstLabel(String key) {
        int dot = key.indexOf('.');
        return dot < 0 ? key : key.substring(0, dot);
    }
}
