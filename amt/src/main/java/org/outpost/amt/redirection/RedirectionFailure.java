package org.outpost.amt.redirection;

import java.util.Locale;

/** Why a redirection session could not be opened. */
public enum RedirectionFailure {
    /** The device's port did not take the connection: its redirection listener is switched off. */
    REFUSED("the device refused the connection; switch on its redirection listener"),
    /** There is no way to the device, or it does not answer. */
    UNREACHABLE("the device cannot be reached"),
    /** TLS could not be agreed. */
    TLS_FAILED("TLS with the device failed"),
    /** The device shows another certificate than before. */
    CERTIFICATE_CHANGED("the device shows another certificate than before; check, then accept it"),
    /** Another session of this kind is open at the device. */
    BUSY("the device already has a session of this kind; end that one first"),
    /** The device does not know this kind of session. */
    UNSUPPORTED("the device does not support this kind of session"),
    /** The kind is switched off, or the user has no right to it. */
    NOT_ALLOWED("the device does not allow this kind of session; is it switched on?"),
    /** The user at the device has to consent first. */
    CONSENT_MISSING("user consent is missing; start it and send the code first"),
    /** The device said "general error". */
    DEVICE_ERROR("the device reported an error"),
    /** User name or password are wrong. */
    WRONG_CREDENTIALS("the device refused the user name or the password"),
    /** The device offers no way of signing in that is allowed here. */
    NO_COMMON_METHOD("the device offers no permitted way to sign in"),
    /** The device did not keep to the protocol. */
    PROTOCOL_ERROR("the device broke the protocol"),
    /** The connection ended before the session was open. */
    CONNECTION_LOST("the device closed the connection"),
    /** The device did not answer in time. */
    TIMED_OUT("the device did not answer in time");

    private final String text;

    RedirectionFailure(String text) {
        this.text = text;
    }

    /** One sentence for people, with what to do where that is known. */
    public String text() {
        return text;
    }

    /** Value of a metric's tag. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
