package org.outpost.amt.redirection.message;

import org.outpost.amt.redirection.RedirectionKind;

/** The messages that start and end a session, of both directions (redirection.md §1). */
public sealed interface SessionMessage {
    /** StartRedirectionSession, console to device. */
    record StartSession(RedirectionKind kind) implements SessionMessage {}

    /**
     * StartRedirectionSessionReply, device to console.
     *
     * @param status one of {@link StartStatus}, or a value not known here; 0 to 255
     * @param version protocol or firmware version, as it came
     * @param iana OEM number, as it came
     * @param oem at most 255 bytes that are the maker's own
     */
    record StartSessionReply(int status, int version, int iana, Octets oem)
            implements SessionMessage {
        /** A refusal, which has nothing but its status. */
        public static StartSessionReply refusal(int status) {
            return new StartSessionReply(status, 0, 0, Octets.NONE);
        }
    }

    /** EndRedirectionSession, console to device. */
    record EndSession() implements SessionMessage {}

    /**
     * AuthenticateSession, console to device.
     *
     * @param method one of {@link AuthenticationMethod}, or a value not known here; 0 to 255
     * @param data what the method defines; a password may be in it
     */
    record Authenticate(int method, Octets data) implements SessionMessage {}

    /**
     * AuthenticateSessionReply, device to console.
     *
     * @param status one of {@link AuthenticationStatus}, or a value not known here; 0 to 255
     * @param method the method that it answers; 0 to 255
     * @param data the offered methods, a challenge, or nothing
     */
    record AuthenticateReply(int status, int method, Octets data) implements SessionMessage {}
}
