package org.outpost.server.configuration.binding;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Set;

/**
 * A certificate authority: one of the server's own by its word, or one in a folder.
 *
 * @param word as it is written
 * @param folder an absolute path; null for one of the server's own
 */
public record AuthoritySource(String word, @Nullable Path folder) {
    /** The words for the server's own. */
    static final Set<String> WORDS = Set.of("rsa-2048", "rsa-3072");

    /** Reads back as the same. */
    @Override
    public String toString() {
        return folder == null ? word : folder.toString();
    }
}
