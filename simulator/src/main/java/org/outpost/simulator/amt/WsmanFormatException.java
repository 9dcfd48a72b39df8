package org.outpost.simulator.amt;

/** A request that cannot be read as an envelope. */
final class WsmanFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    private final WsmanFault fault;

    WsmanFormatException(WsmanFault fault, String message) {
        super(message);
        this.fault = fault;
    }

    WsmanFault fault() {
        return fault;
    }
}
