package org.outpost.server.soap;

/** A call that gets a fault for an answer. */
final class SoapFaultException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean caller;
    private final String symbol;

    private SoapFaultException(boolean caller, String symbol, String message) {
        super(message);
        this.caller = caller;
        this.symbol = symbol;
    }

    /**
     * The caller did something wrong.
     *
     * @param symbol the guide's name for it where it has one, such as {@code
     *     RET_INVALID_ENUMERATION_CONTEXT}
     * @param message for people
     */
    static SoapFaultException caller(String symbol, String message) {
        return new SoapFaultException(true, symbol, message);
    }

    /** It is not the caller's fault. */
    static SoapFaultException server(String symbol, String message) {
        return new SoapFaultException(false, symbol, message);
    }

    boolean isCallers() {
        return caller;
    }

    String symbol() {
        return symbol;
    }

    String text() {
        return symbol + ": " + getMessage();
    }
}
