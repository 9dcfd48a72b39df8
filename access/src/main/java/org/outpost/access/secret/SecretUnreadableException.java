package org.outpost.access.secret;

/**
 * A stored secret cannot be decrypted: its key is not in the file, or its row was changed. The
 * message says which, and what to do; it holds nothing of the secret.
 */
public final class SecretUnreadableException extends RuntimeException {
    SecretUnreadableException(String message) {
        super(message);
    }

    SecretUnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
