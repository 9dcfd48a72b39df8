package org.outpost.server.why;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.attempt.Outcome;
import org.outpost.gateway.tunnel.KnownDevice;
import org.outpost.gateway.tunnel.TunnelInfo;
import org.outpost.inventory.attempt.AttemptEntry;
import org.outpost.inventory.attempt.Tally;
import org.outpost.server.why.Why.Evidence;
import org.outpost.server.why.WhyAnswer.DeviceState;
import org.outpost.server.why.WhyAnswer.Finding;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Turns evidence into an answer: what is so, what happened, what to do. */
final class Wording {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);
    private static final int MOST_DEVICES = 5;
    private static final int MOST_FINDINGS = 6;
    private static final int MANY_TUNNELS = 5;
    private static final Duration SHORT_LIFE = Duration.ofMinutes(10);
    private static final Duration RECENT = Duration.ofDays(7);

    private final Remedies remedies;
    private final Instant now;
    private final ZoneId zone;

    Wording(Facts facts, Instant now, ZoneId zone) {
        this.remedies = new Remedies(facts);
        this.now = now;
        this.zone = zone;
    }

    WhyAnswer answer(Evidence evidence) {
        List<DeviceState> devices = devices(evidence);
        List<Finding> findings = findings(evidence, devices);
        List<String> text = new ArrayList<>();
        boolean known = !devices.isEmpty() || !evidence.entries().isEmpty();
        if (!known) {
            text.add("Nothing is known of \"" + evidence.target() + "\".");
            text.add(words(remedies.neverSeen()));
        }
        devices.stream().limit(MOST_DEVICES).forEach(device -> text.add(state(device)));
        if (devices.size() > MOST_DEVICES) {
            text.add("There are " + (devices.size() - MOST_DEVICES) + " more.");
        }
        if (evidence.range() == null && devices.size() > 1) {
            text.add(words(remedies.ambiguousName()));
        }
        evidence.known().stream()
                .filter(device -> device.key().isJunk())
                .limit(1)
                .forEach(
                        device ->
                                text.add(
                                        words(
                                                remedies.junkUuid(
                                                        device.key().announced().toString()))));
        findings.forEach(finding -> text.add(words(finding)));
        if (isFlapping(evidence)) {
            text.add(words(remedies.flapping()));
        }
        if (known
                && findings.stream().noneMatch(Wording::isFailure)
                && devices.stream().noneMatch(DeviceState::connected)) {
            text.add(words(remedies.awayQuietly()));
        }
        if (evidence.registerSilent()) {
            text.add(
                    "The register of devices did not answer, so devices that are not connected may"
                            + " be missing here; look at the server's log.");
        }
        return new WhyAnswer(evidence.target(), known, devices, findings, text);
    }

    private static boolean isFailure(Finding finding) {
        return Outcome.of(finding.outcome()).map(Outcome::isFailure).orElse(false);
    }

    private static List<DeviceState> devices(Evidence evidence) {
        Map<UUID, DeviceState> devices = new LinkedHashMap<>();
        for (TunnelInfo tunnel : evidence.tunnels()) {
            devices.put(
                    tunnel.device().id(),
                    new DeviceState(
                            tunnel.device().id(),
                            tunnel.name(),
                            true,
                            tunnel.principal(),
                            tunnel.since(),
                            null,
                            tunnel.address().getAddress().getHostAddress()));
        }
        for (KnownDevice device : evidence.known()) {
            devices.putIfAbsent(
                    device.key().id(),
                    new DeviceState(
                            device.key().id(),
                            device.name(),
                            false,
                            device.principal(),
                            null,
                            device.lastSeen(),
                            device.address()));
        }
        return List.copyOf(devices.values());
    }

    private String state(DeviceState device) {
        String who =
                device.name().isEmpty()
                        ? device.guid().toString()
                        : device.name() + " (" + device.guid() + ")";
        return device.connected()
                ? who
                        + " is connected, since "
                        + moment(device.since())
                        + " from "
                        + device.address()
                        + ", by the credential "
                        + device.credential()
                        + "."
                : who
                        + " is not connected. It was last heard of "
                        + moment(device.lastSeen())
                        + " from "
                        + device.address()
                        + ", and is bound to the credential "
                        + device.credential()
                        + ".";
    }

    private List<Finding> findings(Evidence evidence, List<DeviceState> devices) {
        List<Finding> findings = new ArrayList<>();
        for (AttemptEntry entry : evidence.entries()) {
            Instant success =
                    entry.tallies().stream()
                            .filter(tally -> tally.outcome() == Outcome.CONNECTED)
                            .map(Tally::last)
                            .findFirst()
                            .orElse(Instant.MIN);
            boolean connected =
                    devices.stream()
                            .anyMatch(
                                    device ->
                                            device.connected()
                                                    && device.guid().equals(entry.device()));
            for (Tally tally : entry.tallies()) {
                if (matters(entry, tally, success, connected, devices, evidence.range() != null)) {
                    findings.add(finding(entry, tally));
                }
            }
        }
        findings.sort(Comparator.comparing(Finding::last).reversed());
        return findings.subList(0, Math.min(findings.size(), MOST_FINDINGS));
    }

    private boolean matters(
            AttemptEntry entry,
            Tally tally,
            Instant success,
            boolean connected,
            List<DeviceState> devices,
            boolean aboutAddress) {
        Outcome outcome = tally.outcome();
        boolean recent = tally.last().isAfter(now.minus(RECENT));
        if (outcome.isFailure()) {
            return tally.last().isAfter(overcome(success, devices, aboutAddress))
                    || (recent && (outcome == Outcome.OTHER_BINDING || outcome == Outcome.HELD));
        }
        if (outcome.isEnd()) {
            return !connected && tally.equals(entry.latest());
        }
        return outcome == Outcome.NAME_SHARED && recent;
    }

    /**
     * Until when failures are of no use any more, because the device came through later, from there
     * or elsewhere. An address that many share tells nothing about who failed there.
     */
    private static Instant overcome(
            Instant success, List<DeviceState> devices, boolean aboutAddress) {
        Instant elsewhere = aboutAddress ? Instant.MIN : lastSuccess(devices);
        return elsewhere.isAfter(success) ? elsewhere : success;
    }

    private static Instant lastSuccess(List<DeviceState> devices) {
        return devices.stream()
                .map(device -> device.since() == null ? device.lastSeen() : device.since())
                .filter(time -> time != null)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    private Finding finding(AttemptEntry entry, Tally tally) {
        Advice advice = remedies.of(tally.outcome());
        return new Finding(
                tally.outcome().label(),
                entry.source().toString(),
                entry.device(),
                entry.user(),
                tally.count(),
                tally.first(),
                tally.last(),
                tally.detail(),
                advice.explanation(),
                advice.remedy(),
                advice.reference());
    }

    private String words(Finding finding) {
        StringBuilder words = new StringBuilder("From ").append(finding.source());
        if (finding.guid() != null) {
            words.append(", as ").append(finding.guid());
        }
        if (!finding.user().isEmpty()) {
            words.append(", with the user name \"").append(finding.user()).append('"');
        }
        words.append(": ");
        words.append(finding.count() == 1 ? "once, " : finding.count() + " times since ");
        words.append(moment(finding.first()));
        if (finding.count() > 1) {
            words.append(", last ").append(moment(finding.last()));
        }
        words.append(": ").append(finding.explanation());
        if (!finding.detail().isEmpty()) {
            words.append(" In detail: ").append(finding.detail()).append('.');
        }
        return words.append(" What to do: ").append(finding.remedy()).toString();
    }

    private static String words(Advice advice) {
        return advice.explanation() + " What to do: " + advice.remedy();
    }

    private static boolean isFlapping(Evidence evidence) {
        return evidence.entries().stream()
                .flatMap(entry -> entry.tallies().stream())
                .filter(tally -> tally.outcome() == Outcome.CONNECTED)
                .anyMatch(
                        tally ->
                                tally.count() >= MANY_TUNNELS
                                        && Duration.between(tally.first(), tally.last())
                                                        .dividedBy(tally.count())
                                                        .compareTo(SHORT_LIFE)
                                                < 0);
    }

    private String moment(@Nullable Instant time) {
        return time == null ? "an unknown time" : MOMENT.format(time.atZone(zone));
    }
}
