package org.outpost.access.secret;

/** The keys that count now; a rotation puts others in their place. */
final class CurrentKeys {
    private volatile KeyRing ring;

    CurrentKeys(KeyRing ring) {
        this.ring = ring;
    }

    KeyRing get() {
        return ring;
    }

    void set(KeyRing other) {
        ring = other;
    }
}
