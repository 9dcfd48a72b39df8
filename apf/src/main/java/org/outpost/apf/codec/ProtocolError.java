package org.outpost.apf.codec;

/** What was wrong with a peer's bytes: one metric label and one log line each. */
public enum ProtocolError {
    /** A type byte that APF does not define; the stream cannot be resynchronised. */
    UNKNOWN_MESSAGE,
    /** A known message that is not allowed in the present state. */
    OUT_OF_TURN,
    /** A string longer than 2048 bytes. */
    STRING_TOO_LONG,
    /** CHANNEL_DATA or a datagram longer than its limit. */
    DATA_TOO_LONG,
    /** A port above 65535 or another value out of range. */
    BAD_FIELD,
    /** A reply to a request that was never sent. */
    UNEXPECTED_REPLY,
    /** A protocol version that is not spoken here. */
    UNSUPPORTED_VERSION,
    /** A service that does not exist. */
    UNKNOWN_SERVICE,
    /** A global request whose name, and so whose length, is not known. */
    UNKNOWN_REQUEST,
    /** An authentication method whose length is not known. */
    UNKNOWN_METHOD
}
