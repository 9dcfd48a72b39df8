package org.outpost.simulator.account;

import java.util.Arrays;
import java.util.Optional;

/** A part of AMT that an account may be allowed to use (wsman.md §10.1). */
public enum Realm {
    /** SOL, IDE-R, KVM. */
    REDIRECTION(2),
    /** Everything. */
    ADMINISTRATION(3),
    /** Inventory. */
    HARDWARE_ASSET(4),
    /** Power and boot. */
    REMOTE_CONTROL(5),
    /** Third-party data. */
    STORAGE(6),
    /** Subscriptions. */
    EVENT_MANAGER(7),
    /** Rights of third-party data. */
    STORAGE_ADMIN(8),
    /** Agents on the PC. */
    AGENT_PRESENCE_LOCAL(9),
    /** Watchdogs of agents. */
    AGENT_PRESENCE_REMOTE(10),
    /** System Defense. */
    CIRCUIT_BREAKER(11),
    /** The clock. */
    NETWORK_TIME(12),
    /** What nearly every reader needs. */
    GENERAL_INFO(13),
    /** Updates of the firmware. */
    FIRMWARE_UPDATE(14),
    /** Embedded tests. */
    EIT(15),
    /** Notifications of the local user. */
    LOCAL_NOTIFICATION(16),
    /** Access to the network by posture. */
    ENDPOINT_ACCESS_CONTROL(17),
    /** Its settings. */
    ENDPOINT_ACCESS_ADMIN(18),
    /** The event log. */
    EVENT_LOG_READER(19),
    /** The audit log. */
    AUDIT_LOG(20),
    /** The access control list. */
    ACCESS_CONTROL(21),
    /** The local system. */
    LOCAL_SYSTEM(24);

    private final int number;

    Realm(int number) {
        this.number = number;
    }

    /** The realm with that number; empty when there is none. */
    public static Optional<Realm> of(long number) {
        return Arrays.stream(values()).filter(realm -> realm.number == number).findFirst();
    }

    /** Number in {@code Realms}. */
    public int number() {
        return number;
    }
}
