package org.outpost.amt.connection;

/** What is done when a device shows another certificate than the one on record. */
public enum PinPolicy {
    /** The connection is refused. */
    REFUSE,
    /** The change is told, the new certificate replaces the old one, and the call goes on. */
    WARN
}
