package org.outpost.simulator.redirection.sol;

/** A key that came over the serial line. */
sealed interface Key {
    /**
     * A function key.
     *
     * @param number 1 to 12
     */
    record Function(int number) implements Key {}

    /** A character. */
    record Letter(char value) implements Key {}

    /** Keys without a character. */
    enum Named implements Key {
        UP,
        DOWN,
        LEFT,
        RIGHT,
        HOME,
        END,
        DELETE,
        ENTER,
        BACKSPACE,
        ESCAPE,
        CTRL_ALT_DEL
    }
}
