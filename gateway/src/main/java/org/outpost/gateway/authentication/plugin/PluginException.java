package org.outpost.gateway.authentication.plugin;

/** A plug-in that is asked for cannot be had; the message says what to do, for administrators. */
public final class PluginException extends Exception {
    private static final long serialVersionUID = 1;

    PluginException(String message) {
        super(message);
    }
}
