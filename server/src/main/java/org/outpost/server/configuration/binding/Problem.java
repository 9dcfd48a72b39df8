package org.outpost.server.configuration.binding;

/**
 * One thing that is wrong with a configuration.
 *
 * @param origin where
 * @param path the key, with those that lead to it, such as {@code tunnel.listeners[0].port}; empty
 *     for the whole file
 * @param reason what is wrong, and what to write instead
 */
public record Problem(Origin origin, String path, String reason) {
    @Override
    public String toString() {
        return origin + ": " + (path.isEmpty() ? "" : path + ": ") + reason;
    }
}
