package org.outpost.server.web.security;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;

/** Whether a browser's page was loaded from this very server. */
public final class OwnOrigin {
    private OwnOrigin() {}

    /**
     * Compares the page's origin with where the request goes.
     *
     * @param origin the field {@code Origin}
     * @param host the field {@code Host}; null when there is none
     */
    public static boolean is(String origin, @Nullable String host) {
        try {
            URI page = new URI(origin);
            return "https".equals(page.getScheme())
                    && page.getRawAuthority() != null
                    && page.getRawAuthority().equalsIgnoreCase(host);
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
