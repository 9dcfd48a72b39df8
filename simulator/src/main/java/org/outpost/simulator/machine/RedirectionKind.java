package org.outpost.simulator.machine;

/** Kinds of redirection sessions; a device has at most one of each (simulator.md §6). */
public enum RedirectionKind {
    /** Serial over LAN. */
    SOL,
    /** A drive served by a console: IDE-R, USB-R. */
    IDER,
    /** Screen, keyboard and mouse. */
    KVM
}
