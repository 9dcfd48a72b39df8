package org.outpost.amt.operation.account;

import java.util.Optional;

/** What an AMT account may use (wsman.md section 10.1). */
public enum Realm {
    REDIRECTION(2, "Redirection"),
    ADMINISTRATION(3, "PT Administration"),
    HARDWARE_ASSET(4, "Hardware Asset"),
    REMOTE_CONTROL(5, "Remote Control"),
    STORAGE(6, "Storage"),
    EVENT_MANAGER(7, "Event Manager"),
    STORAGE_ADMIN(8, "Storage Admin"),
    AGENT_PRESENCE_LOCAL(9, "Agent Presence Local"),
    AGENT_PRESENCE_REMOTE(10, "Agent Presence Remote"),
    CIRCUIT_BREAKER(11, "Circuit Breaker"),
    NETWORK_TIME(12, "Network Time"),
    GENERAL_INFO(13, "General Information"),
    FIRMWARE_UPDATE(14, "Firmware Update"),
    EIT(15, "EIT"),
    LOCAL_UN(16, "LocalUN"),
    ENDPOINT_ACCESS_CONTROL(17, "Endpoint Access Control"),
    ENDPOINT_ACCESS_CONTROL_ADMIN(18, "Endpoint Access Control Admin"),
    EVENT_LOG_READER(19, "Event Log Reader"),
    AUDIT_LOG(20, "Audit Log"),
    ACL(21, "ACL Realm"),
    LOCAL_SYSTEM(24, "Local System");

    private final int number;
    private final String text;

    Realm(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }

    /** Its name for people. */
    public String text() {
        return text;
    }

    /** The realm of a number; empty for one that is not known. */
    public static Optional<Realm> of(int number) {
        for (Realm realm : values()) {
            if (realm.number == number) {
                return Optional.of(realm);
            }
        }
        return Optional.empty();
    }

    /** The name of a number, known or not. */
    public static String nameOf(int number) {
        return of(number).map(Realm::text).orElse("Realm " + number);
    }
}
