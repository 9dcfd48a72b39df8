package org.outpost.apf.message;

import org.jspecify.annotations.Nullable;

/**
 * USERAUTH_REQUEST (50): who the device says it is (apf.md section 2.4).
 *
 * @param username at most 2048 bytes
 * @param service the service to enter afterwards
 * @param method {@code password} or {@code none}; the tail of any other method is undefined
 * @param password the password in clear, null unless the method is {@code password}
 */
public record UserauthRequest(
        String username, String service, String method, @Nullable String password)
        implements ApfMessage {
    /** Leaves the password out, so that it reaches no log. */
    @Override
    public String toString() {
        return "UserauthRequest[username=" + username + ", method=" + method + "]";
    }
}
