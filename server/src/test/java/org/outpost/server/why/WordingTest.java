package org.outpost.server.why;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.outpost.gateway.attempt.Outcome;
import org.outpost.gateway.attempt.Step;
import org.outpost.gateway.traffic.Rates;
import org.outpost.gateway.tunnel.DeviceKey;
import org.outpost.gateway.tunnel.KnownDevice;
import org.outpost.gateway.tunnel.TunnelInfo;
import org.outpost.inventory.attempt.AttemptEntry;
import org.outpost.inventory.attempt.Source;
import org.outpost.inventory.attempt.Tally;
import org.outpost.server.why.Why.Evidence;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

class WordingTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final UUID DEVICE = UUID.fromString("4c4c4544-0046-4810-8031-b8c04f4d3332");
    private static final UUID OTHER = UUID.fromString("4c4c4544-0046-4810-8031-b8c04f4d3333");
    private static final UUID JUNK = UUID.fromString("03000200-0400-0500-0006-000700080009");
    private static final Facts FACTS =
            new Facts(
                    "mps.example.com",
                    List.of("data/ca.crt (SHA-256 AB:CD)"),
                    List.of("port 4433 (tls: modern)"),
                    false);

    @Test
    void whoWasNeverSeenGetsTheListOfWhatToCheck() {
        WhyAnswer answer = answer(List.of(), List.of(), List.of());

        assertThat(answer.known()).isFalse();
        assertThat(text(answer))
                .contains("Nothing is known of \"pc-1\"")
                .contains("static IP address")
                .contains("firewalls let it reach port 4433 (tls: modern)")
                .contains("user-initiated");
    }

    @Test
    void whoDoesNotTrustOurRootIsToldWhichRootToPutWhere() {
        WhyAnswer answer =
                answer(
                        List.of(),
                        List.of(),
                        List.of(
                                entry(
                                        null,
                                        false,
                                        tally(
                                                Outcome.CA_NOT_TRUSTED,
                                                12,
                                                NOON.minusSeconds(10_800),
                                                NOON.minusSeconds(60)))));

        assertThat(answer.known()).isTrue();
        assertThat(text(answer))
                .contains("From 203.0.113.7: 12 times since 2026-11-01 09:00:00 +00:00")
                .contains("does not trust our root")
                .contains("data/ca.crt (SHA-256 AB:CD)");
    }

    @Test
    void aConnectedDeviceIsSaidToBeSoAndWhatItOvercameIsNotTold() {
        WhyAnswer answer =
                answer(
                        List.of(known(DEVICE, DEVICE)),
                        List.of(tunnel(DEVICE, NOON.minusSeconds(30))),
                        List.of(
                                entry(
                                        DEVICE,
                                        true,
                                        tally(
                                                Outcome.WRONG_CREDENTIALS,
                                                3,
                                                NOON.minusSeconds(300),
                                                NOON.minusSeconds(200)),
                                        tally(
                                                Outcome.CONNECTED,
                                                1,
                                                NOON.minusSeconds(30),
                                                NOON.minusSeconds(30)))));

        assertThat(text(answer))
                .contains("pc-1 (" + DEVICE + ") is connected, since 2026-11-01 11:59:30 +00:00")
                .doesNotContain("wrong");
        assertThat(answer.findings()).isEmpty();
    }

    @Test
    void whoIsAwayIsToldOfItsLastEndAndOfWhatKeepsADeviceQuiet() {
        WhyAnswer answer =
                answer(
                        List.of(known(DEVICE, DEVICE)),
                        List.of(),
                        List.of(
                                entry(
                                        DEVICE,
                                        true,
                                        tally(
                                                Outcome.CONNECTED,
                                                1,
                                                NOON.minusSeconds(500),
                                                NOON.minusSeconds(500)),
                                        tally(
                                                Outcome.KEEPALIVE_TIMEOUT,
                                                1,
                                                NOON.minusSeconds(100),
                                                NOON.minusSeconds(100)))));

        assertThat(text(answer))
                .contains("is not connected. It was last heard of")
                .contains("three keep-alives in a row did not come")
                .contains("It has not tried again since.");
    }

    @Test
    void anIntruderIsToldOfAlthoughTheDeviceItselfIsConnected() {
        WhyAnswer answer =
                answer(
                        List.of(known(DEVICE, DEVICE)),
                        List.of(tunnel(DEVICE, NOON)),
                        List.of(
                                entry(
                                        DEVICE,
                                        false,
                                        tally(
                                                Outcome.OTHER_BINDING,
                                                4,
                                                NOON.minusSeconds(900),
                                                NOON.minusSeconds(800)))));

        assertThat(text(answer))
                .contains("bound to another credential")
                .contains("outpost device forget");
    }

    @Test
    void aNameOfSeveralDevicesIsAmbiguousAndTheyAreListed() {
        WhyAnswer answer =
                answer(List.of(known(DEVICE, DEVICE), known(OTHER, OTHER)), List.of(), List.of());

        assertThat(text(answer))
                .contains(DEVICE.toString())
                .contains(OTHER.toString())
                .contains("Several devices go by this name");
    }

    @Test
    void aUuidThatNoMakerSetIsPointedOut() {
        assertThat(text(answer(List.of(known(DEVICE, JUNK)), List.of(), List.of())))
                .contains("has no UUID of its own: it announces " + JUNK);
    }

    @Test
    void tunnelsThatComeAndGoArePointedOut() {
        Tally often = tally(Outcome.CONNECTED, 20, NOON.minus(Duration.ofHours(1)), NOON);
        Tally seldom = tally(Outcome.CONNECTED, 20, NOON.minus(Duration.ofDays(20)), NOON);

        assertThat(text(answer(List.of(), List.of(), List.of(entry(DEVICE, true, often)))))
                .contains("Its tunnels come and go");
        assertThat(text(answer(List.of(), List.of(), List.of(entry(DEVICE, true, seldom)))))
                .doesNotContain("Its tunnels come and go");
    }

    @Test
    void aRegisterThatDoesNotAnswerIsToldOf() {
        Evidence evidence = new Evidence("pc-1", null, List.of(), List.of(), List.of(), true);

        assertThat(text(new Wording(FACTS, NOON, ZoneOffset.UTC).answer(evidence)))
                .contains("The register of devices did not answer");
    }

    private static WhyAnswer answer(
            List<KnownDevice> known, List<TunnelInfo> tunnels, List<AttemptEntry> entries) {
        return new Wording(FACTS, NOON, ZoneOffset.UTC)
                .answer(new Evidence("pc-1", null, known, tunnels, entries, false));
    }

    private static String text(WhyAnswer answer) {
        return String.join("\n", answer.text());
    }

    private static Tally tally(Outcome outcome, long count, Instant first, Instant last) {
        return new Tally(outcome, count, first, last, "");
    }

    private static AttemptEntry entry(@Nullable UUID device, boolean admitted, Tally... tallies) {
        return new AttemptEntry(
                Source.of(InetAddress.ofLiteral("203.0.113.7")),
                device,
                admitted,
                Step.TLS,
                "",
                "",
                "",
                List.of(tallies));
    }

    private static KnownDevice known(UUID id, UUID announced) {
        return new KnownDevice(
                new DeviceKey(id, announced),
                "device-user",
                "pc-1",
                NOON.minusSeconds(9_000),
                NOON.minusSeconds(100),
                "203.0.113.7");
    }

    private static TunnelInfo tunnel(UUID id, Instant since) {
        return new TunnelInfo(
                7,
                new DeviceKey(id, id),
                "pc-1",
                "device-user",
                new InetSocketAddress(InetAddress.ofLiteral("203.0.113.7"), 50_000),
                since,
                "TLSv1.2",
                "TLS_RSA_WITH_AES_128_CBC_SHA",
                List.of(16992),
                0,
                0,
                0,
                Rates.NONE,
                Duration.ZERO);
    }
}
