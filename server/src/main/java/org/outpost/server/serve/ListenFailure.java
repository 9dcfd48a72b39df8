package org.outpost.server.serve;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** Words for a listener that cannot be opened. */
final class ListenFailure {
    private ListenFailure() {}

    static StartFailedException of(String key, IOException failure) {
        Throwable cause = failure.getCause();
        String reason = reason(cause == null ? failure : cause);
        return new StartFailedException(
                failure.getMessage()
                        + (reason.isEmpty() ? "" : ": " + reason)
                        + "; write another port or address under \""
                        + key
                        + "\" in the configuration, or stop what uses it",
                failure);
    }

    private static String reason(@Nullable Throwable cause) {
        String text = cause == null ? null : cause.getMessage();
        return text == null ? "" : text;
    }
}
