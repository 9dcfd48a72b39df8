package org.outpost.simulator.redirection.kvm;

/** X11 key symbols that mean something to the simulated PC. */
final class Keysym {
    static final int BACKSPACE = 0xFF08;
    static final int ENTER = 0xFF0D;
    static final int CONTROL_LEFT = 0xFFE3;
    static final int CONTROL_RIGHT = 0xFFE4;
    static final int ALT_LEFT = 0xFFE9;
    static final int ALT_RIGHT = 0xFFEA;
    static final int DELETE = 0xFFFF;

    private Keysym() {}
}
