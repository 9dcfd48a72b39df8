package org.outpost.authenticator;

import java.nio.file.Path;

/**
 * What the server tells an authenticator about where it is used.
 *
 * @param audience whom it decides about
 * @param folder an absolute path: the folder that the plug-in was found in, for files beside it;
 *     the server's data folder when it was found on the class path
 */
public record AuthenticatorContext(Audience audience, Path folder) {
    /** Whom an authenticator decides about. */
    public enum Audience {
        /** Devices that open a tunnel. */
        DEVICES,
        /** Consoles that come to a door. */
        CONSOLES
    }
}
