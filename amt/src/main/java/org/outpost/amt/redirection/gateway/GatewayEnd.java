package org.outpost.amt.redirection.gateway;

import java.util.Locale;

/** Why a session through the gateway ended. */
public enum GatewayEnd {
    /** The console closed its side. */
    CONSOLE_CLOSED,
    /** The device closed its side; what it had sent was passed on. */
    DEVICE_CLOSED,
    /** The console's connection broke. */
    CONSOLE_FAILED,
    /** The device's connection broke. */
    DEVICE_FAILED,
    /** Another session of this kind goes through this server to this device. */
    BUSY,
    /** The session with the device could not be opened; the failure says why. */
    NOT_OPENED,
    /** The console did not keep to the protocol. */
    PROTOCOL_ERROR,
    /** The console took too long to start the session. */
    START_TIMED_OUT,
    /** Nothing but heartbeats for too long. */
    IDLE,
    /** One side took nothing of what waited for it for too long. */
    STALLED,
    /** The session had to be recorded and cannot be any more. */
    RECORDING_FAILED,
    /** The server ended it: a right was taken away, or it stops. */
    ENDED_HERE;

    /** Value of a metric's tag. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
