package org.outpost.access.secret;

import java.util.List;

/**
 * What a rotation did.
 *
 * @param key the id of the key that encrypts now
 * @param encrypted how many secrets were encrypted anew
 * @param unreadable how many could not be, for their key is missing or their row was changed; they
 *     are untouched
 * @param retired ids of the keys that were taken out of the file
 * @param kept ids of older keys that stay in it, because unreadable secrets name them
 */
public record Rotation(
        String key, long encrypted, long unreadable, List<String> retired, List<String> kept) {}
