package org.outpost.gateway.door;

/** Tells the pipelines of a door that it drains: finish what runs, begin nothing new. */
public enum Drain {
    INSTANCE
}
