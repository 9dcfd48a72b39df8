package org.outpost.gateway.authentication;

import org.slf4j.Logger;

/** How the failure of an authenticator is logged. */
final class FailureLog {
    private FailureLog() {}

    /** The class and the place only: a message may quote a password, and so may its causes. */
    static void debug(Logger log, String name, Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        log.atDebug()
                .addKeyValue("authenticator", name)
                .addKeyValue("failure", failure.getClass().getName())
                .addKeyValue("at", trace.length == 0 ? "" : trace[0])
                .log("authenticator failed");
    }
}
