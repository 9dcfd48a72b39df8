package org.outpost.amt.redirection.sol;

/** Bits of the controls to the host, as deployed consoles send them. */
final class SolControls {
    /** No loopback; DTR and RTS are on. */
    static final int READY = 0x1B;

    /** The same with a break; its bit is the one of the controls from the host. */
    static final int BREAK = READY | 0x04;

    private SolControls() {}
}
