package org.outpost.server.datadir;

import org.jspecify.annotations.Nullable;

/** The data folder cannot be used. The message is one sentence for the operator. */
public final class DataDirectoryException extends Exception {
    DataDirectoryException(String message) {
        this(message, null);
    }

    DataDirectoryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
