package org.outpost.inventory.notification.delivery;

import org.jspecify.annotations.Nullable;
import org.outpost.inventory.notification.delivery.DeliveryException.Kind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a subscriber asks for, from a file so that it stands in no configuration: one line, {@code
 * user:password} or {@code bearer TOKEN}. Read for every request: it is small, and may be changed.
 */
final class CredentialsFile {
    private static final long LARGEST = 64 * 1024;

    private final @Nullable Path file;

    CredentialsFile(@Nullable Path file) {
        this.file = file;
    }

    /** What the file holds. */
    sealed interface Content {}

    /** There is no file. */
    record None() implements Content {}

    /** A token that goes with every request. */
    record Bearer(String token) implements Content {
        @Override
        public String toString() {
            return "Bearer";
        }
    }

    /** For Basic and Digest, as the subscriber asks; it is not sent before it does. */
    record Password(String user, String secret) implements Content {
        @Override
        public String toString() {
            return "Password";
        }
    }

    Content read() throws DeliveryException {
        Path path = file;
        if (path == null) {
            return new None();
        }
        String line;
        try {
            if (Files.size(path) > LARGEST) {
                throw unusable(path, "it is too long");
            }
            line = Files.readString(path).lines().findFirst().orElse("").strip();
        } catch (IOException e) {
            throw unusable(path, e.toString());
        }
        if (line.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
            return new Bearer(line.substring("bearer ".length()).strip());
        }
        int colon = line.indexOf(':');
        if (colon < 1) {
            throw unusable(path, "its first line is neither user:password nor bearer TOKEN");
        }
        return new Password(line.substring(0, colon), line.substring(colon + 1));
    }

    private static DeliveryException unusable(Path path, String why) {
        return new DeliveryException(
                Kind.UNAVAILABLE,
                "the file of credentials " + path + " cannot be used: " + why,
                null);
    }
}
