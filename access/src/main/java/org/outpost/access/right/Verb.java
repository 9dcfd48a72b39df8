package org.outpost.access.right;

import java.util.Locale;

/** What can be done to a device, or to Outpost itself, over the API. */
public enum Verb implements Right {
    /** Look: facts, states, logs. */
    VIEW,
    /** Switch on, off, reset; choose what is booted. */
    POWER,
    /** See and use its screen, keyboard and drives: KVM, SOL, IDE-R. */
    REDIRECT,
    /** Change settings of its firmware. */
    CONFIGURE,
    /** Take away what cannot be brought back: erase disks, take a device out of management. */
    ERASE,
    /** Manage Outpost: users, tokens, roles, groups, settings. */
    ADMIN;

    @Override
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean covers(Right asked) {
        return this == asked;
    }
}
