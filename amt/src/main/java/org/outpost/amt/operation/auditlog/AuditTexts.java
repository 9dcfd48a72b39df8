package org.outpost.amt.operation.auditlog;

import org.outpost.amt.failure.DeviceText;
import org.outpost.amt.operation.account.Realm;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Words for audit records (wsman.md section 9.2). */
final class AuditTexts {
    private static final Map<Integer, String> APPS =
            Map.ofEntries(
                    Map.entry(16, "Security Admin"),
                    Map.entry(17, "Remote Control"),
                    Map.entry(18, "Redirection Manager"),
                    Map.entry(19, "Firmware Update Manager"),
                    Map.entry(20, "Security Audit Log"),
                    Map.entry(21, "Network Time"),
                    Map.entry(22, "Network Administration"),
                    Map.entry(23, "Storage Administration"),
                    Map.entry(24, "Event Manager"),
                    Map.entry(25, "Circuit Breaker Manager"),
                    Map.entry(26, "Agent Presence Manager"),
                    Map.entry(27, "Wireless Configuration"),
                    Map.entry(28, "Endpoint Access Control"),
                    Map.entry(29, "KVM Opt-in"),
                    Map.entry(30, "User Opt-in"),
                    Map.entry(32, "Screen blanking"),
                    Map.entry(33, "Watchdog"));

    /** By part of AMT, in the order of the event's number. */
    private static final Map<Integer, List<String>> EVENTS =
            Map.ofEntries(
                    Map.entry(
                            16,
                            List.of(
                                    "Provisioning Started",
                                    "Provisioning Completed",
                                    "ACL Entry Added",
                                    "ACL Entry Modified",
                                    "ACL Entry Removed",
                                    "ACL Access with Invalid Credentials",
                                    "ACL Entry State",
                                    "TLS State Changed",
                                    "TLS Server Certificate Set",
                                    "TLS Server Certificate Remove",
                                    "TLS Trusted Root Certificate Added",
                                    "TLS Trusted Root Certificate Removed",
                                    "TLS Preshared Key Set",
                                    "Kerberos Settings Modified",
                                    "Kerberos Main Key Modified",
                                    "Flash Wear out Counters Reset",
                                    "Power Package Modified",
                                    "Set Realm Authentication Mode",
                                    "Upgrade Client to Admin Control Mode",
                                    "Unprovisioning Started")),
                    Map.entry(
                            17,
                            List.of(
                                    "Performed Power Up",
                                    "Performed Power Down",
                                    "Performed Power Cycle",
                                    "Performed Reset",
                                    "Set Boot Options",
                                    "Performed Graceful Power Down",
                                    "Performed Graceful Power Reset",
                                    "Performed Standby",
                                    "Performed Hibernate",
                                    "Performed NMI")),
                    Map.entry(
                            18,
                            List.of(
                                    "IDE-R Session Opened",
                                    "IDE-R Session Closed",
                                    "IDE-R Enabled",
                                    "IDE-R Disabled",
                                    "SoL Session Opened",
                                    "SoL Session Closed",
                                    "SoL Enabled",
                                    "SoL Disabled",
                                    "KVM Session Started",
                                    "KVM Session Ended",
                                    "KVM Enabled",
                                    "KVM Disabled",
                                    "VNC Password Failed 3 Times")),
                    Map.entry(19, List.of("Firmware Updated", "Firmware Update Failed")),
                    Map.entry(
                            20,
                            List.of(
                                    "Security Audit Log Cleared",
                                    "Security Audit Policy Modified",
                                    "Security Audit Log Disabled",
                                    "Security Audit Log Enabled",
                                    "Security Audit Log Exported",
                                    "Security Audit Log Recovered")),
                    Map.entry(21, List.of("Intel(r) ME Time Set")),
                    Map.entry(
                            22,
                            List.of(
                                    "TCPIP Parameters Set",
                                    "Host Name Set",
                                    "Domain Name Set",
                                    "VLAN Parameters Set",
                                    "Link Policy Set",
                                    "IPv6 Parameters Set")),
                    Map.entry(
                            23,
                            List.of(
                                    "Global Storage Attributes Set",
                                    "Storage EACL Modified",
                                    "Storage FPACL Modified",
                                    "Storage Write Operation")),
                    Map.entry(
                            24,
                            List.of(
                                    "Alert Subscribed",
                                    "Alert Unsubscribed",
                                    "Event Log Cleared",
                                    "Event Log Frozen")),
                    Map.entry(
                            25,
                            List.of(
                                    "CB Filter Added",
                                    "CB Filter Removed",
                                    "CB Policy Added",
                                    "CB Policy Removed",
                                    "CB Default Policy Set",
                                    "CB Heuristics Option Set",
                                    "CB Heuristics State Cleared")),
                    Map.entry(
                            26,
                            List.of(
                                    "Agent Watchdog Added",
                                    "Agent Watchdog Removed",
                                    "Agent Watchdog Action Set")),
                    Map.entry(
                            27,
                            List.of(
                                    "Wireless Profile Added",
                                    "Wireless Profile Removed",
                                    "Wireless Profile Updated",
                                    "Wireless Profile Modified",
                                    "Wireless Link Preference Changed")),
                    Map.entry(
                            28,
                            List.of(
                                    "EAC Posture Signer Set",
                                    "EAC Enabled",
                                    "EAC Disabled",
                                    "EAC Posture State Update",
                                    "EAC Set Options")),
                    Map.entry(
                            29,
                            List.of(
                                    "KVM Opt-in Enabled",
                                    "KVM Opt-in Disabled",
                                    "KVM Password Changed",
                                    "KVM Consent Succeeded",
                                    "KVM Consent Failed")),
                    Map.entry(
                            30,
                            List.of(
                                    "Opt-In Policy Change",
                                    "Send Consent Code Event",
                                    "Start Opt-In Blocked Event")),
                    Map.entry(33, List.of("Watchdog Reset Triggering Options Changed")));

    private AuditTexts() {}

    static String app(int appId) {
        return APPS.getOrDefault(appId, "#" + appId);
    }

    static String event(int appId, int eventId) {
        List<String> events = EVENTS.getOrDefault(appId, List.of());
        return eventId < events.size() ? events.get(eventId) : "#" + eventId;
    }

    static Optional<String> details(AuditRecord record) {
        List<Integer> data = record.extended();
        if (data.isEmpty()) {
            return Optional.empty();
        }
        return switch (record.appId() * 100 + record.eventId()) {
            case 1602, 1604 -> name(data, 0);
            case 1603 -> name(data, 1);
            case 1605 -> pick(data, 0, "Invalid ME access", "Invalid MEBx access");
            case 1606 ->
                    pick(data, 0, "Disabled", "Enabled")
                            .map(
                                    state ->
                                            name(data, 1)
                                                    .map(who -> state + ", " + who)
                                                    .orElse(state));
            case 1607 ->
                    pick(data, 0, "NoAuth", "ServerAuth", "MutualAuth")
                            .flatMap(
                                    remote ->
                                            pick(data, 1, "NoAuth", "ServerAuth", "MutualAuth")
                                                    .map(
                                                            local ->
                                                                    "Remote "
                                                                            + remote
                                                                            + ", Local "
                                                                            + local));
            case 1617 ->
                    pick(data, 4, "NoAuth", "Auth", "Disabled")
                            .map(mode -> Realm.nameOf((int) number(data, 0, 4)) + ", " + mode);
            case 1619 -> pick(data, 0, "BIOS", "MEBx", "Local MEI", "Local WSMAN", "Remote WSMAN");
            case 1900 ->
                    data.size() < 16
                            ? Optional.empty()
                            : Optional.of("From " + version(data, 0) + " to " + version(data, 8));
            case 2100 ->
                    data.size() < 4
                            ? Optional.empty()
                            : Optional.of(Instant.ofEpochSecond(number(data, 0, 4)).toString());
            case 3000 ->
                    pick(data, 0, "None", "KVM", "All")
                            .flatMap(
                                    from ->
                                            pick(data, 1, "None", "KVM", "All")
                                                    .map(to -> "From " + from + " to " + to));
            case 3001 -> pick(data, 0, "Success", "Failed 3 times");
            default -> Optional.empty();
        };
    }

    private static Optional<String> pick(List<Integer> data, int at, String... texts) {
        return at < data.size() && data.get(at) < texts.length
                ? Optional.of(texts[data.get(at)])
                : Optional.empty();
    }

    /** A digest user's name: a zero, its length, its characters. */
    private static Optional<String> name(List<Integer> data, int at) {
        if (data.size() < at + 2 || data.get(at) != 0) {
            return Optional.empty();
        }
        int end = Math.min(data.size(), at + 2 + data.get(at + 1));
        StringBuilder name = new StringBuilder();
        data.subList(at + 2, end).forEach(c -> name.append((char) c.intValue()));
        return Optional.of(DeviceText.escape(name.toString()));
    }

    private static long number(List<Integer> data, int at, int bytes) {
        long number = 0;
        for (int i = at; i < at + bytes && i < data.size(); i++) {
            number = number << 8 | data.get(i);
        }
        return number;
    }

    private static String version(List<Integer> data, int at) {
        return number(data, at, 2)
                + "."
                + number(data, at + 2, 2)
                + "."
                + number(data, at + 4, 2)
                + "."
                + number(data, at + 6, 2);
    }
}
