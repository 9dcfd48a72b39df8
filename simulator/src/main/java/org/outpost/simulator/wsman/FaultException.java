package org.outpost.simulator.wsman;

import org.outpost.simulator.wsman.model.Status;

/** A request that is answered with a fault. */
public final class FaultException extends Exception {
    private static final long serialVersionUID = 1L;

    private final WsmanFault fault;
    private final String detail;

    /** A fault as it is. */
    public FaultException(WsmanFault fault) {
        this(fault, "");
    }

    /**
     * A fault with a detail.
     *
     * @param detail for the fault's Detail; empty for none
     */
    public FaultException(WsmanFault fault, String detail) {
        super(fault + (detail.isEmpty() ? "" : ": " + detail), null, false, false);
        this.fault = fault;
        this.detail = detail;
    }

    /** What AMT says when something inside it fails (wsman.md §2.5). */
    public static FaultException internal(Status status) {
        return new FaultException(WsmanFault.INTERNAL_ERROR, "AMT-STATUS " + status.code());
    }

    /** The fault. */
    public WsmanFault fault() {
        return fault;
    }

    /** Its detail; empty when there is none. */
    public String detail() {
        return detail;
    }
}
