package org.outpost.server.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.server.logging.ConnectionLog.Event;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

class ReportTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    /** One thing that happens some seconds after the one before it. */
    record Step(int seconds, Event event, int tunnel, String cause, int count) {}

    /** The figures against a recount that goes over the whole list for each of them. */
    @Property(tries = 300)
    void theFiguresAreThoseOfASimpleRecount(@ForAll("logs") List<Step> steps) {
        List<LoggedEvent> events = events(steps);
        Instant from = NOON.plusSeconds(5_000);
        Instant to = NOON.plusSeconds(200_000);
        ReportBuilder builder = new ReportBuilder(from, to, ZoneOffset.UTC, ChronoUnit.HOURS);
        events.forEach(builder::add);
        Report report = builder.build();
        List<LoggedEvent> inside =
                events.stream()
                        .filter(e -> !e.time().isBefore(from) && e.time().isBefore(to))
                        .toList();

        assertThat(report.connects()).isEqualTo(sum(inside, Event.CONNECTED));
        assertThat(report.disconnects()).isEqualTo(sum(inside, Event.DISCONNECTED));
        assertThat(report.failures()).isEqualTo(sum(inside, Event.FAILED));
        assertThat(report.lost()).isEqualTo(sum(inside, Event.LOST));
        assertThat(report.open()).isEqualTo(openAfter(events, to));
        for (Report.Period period : report.periods()) {
            Instant end = period.start().plus(1, ChronoUnit.HOURS);
            List<LoggedEvent> its =
                    inside.stream()
                            .filter(
                                    e ->
                                            !e.time().isBefore(period.start())
                                                    && e.time().isBefore(end))
                            .toList();
            assertThat(period.connects()).isEqualTo(sum(its, Event.CONNECTED));
            assertThat(period.disconnects()).isEqualTo(sum(its, Event.DISCONNECTED));
            assertThat(period.failures()).isEqualTo(sum(its, Event.FAILED));
            assertThat(period.open()).isEqualTo(openAfter(events, end.isBefore(to) ? end : to));
            assertThat(period.peak()).isGreaterThanOrEqualTo(period.open());
        }
        assertThat(report.periods().stream().mapToLong(Report.Period::connects).sum())
                .isEqualTo(report.connects());
        for (Report.Cause cause : report.causes()) {
            assertThat(cause.count())
                    .isEqualTo(
                            inside.stream()
                                    .filter(e -> e.event().label().equals(cause.event()))
                                    .filter(e -> e.cause().equals(cause.cause()))
                                    .mapToLong(LoggedEvent::count)
                                    .sum());
        }
    }

    private static long sum(List<LoggedEvent> events, Event event) {
        return events.stream().filter(e -> e.event() == event).mapToLong(LoggedEvent::count).sum();
    }

    private static long openAfter(List<LoggedEvent> events, Instant end) {
        List<Long> open = new ArrayList<>();
        for (LoggedEvent event : events) {
            if (event.time().isBefore(end)) {
                open.remove(event.tunnel());
                if (event.event() == Event.CONNECTED) {
                    open.add(event.tunnel());
                } else if (event.event() == Event.SERVER_STARTED
                        || event.event() == Event.SERVER_STOPPED) {
                    open.clear();
                }
            }
        }
        return open.size();
    }

    @Provide
    Arbitrary<List<Step>> logs() {
        Arbitrary<Event> events =
                Arbitraries.frequency(
                        Tuple.of(10, Event.CONNECTED),
                        Tuple.of(8, Event.DISCONNECTED),
                        Tuple.of(8, Event.FAILED),
                        Tuple.of(1, Event.LOST),
                        Tuple.of(1, Event.SERVER_STARTED),
                        Tuple.of(1, Event.SERVER_STOPPED));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 9_000),
                        events,
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.of("connection_lost", "ca_not_trusted", "shutdown"),
                        Arbitraries.integers().between(1, 50))
                .as(Step::new)
                .list()
                .ofMaxSize(80);
    }

    private static List<LoggedEvent> events(List<Step> steps) {
        List<LoggedEvent> events = new ArrayList<>();
        Instant time = NOON;
        for (Step step : steps) {
            time = time.plusSeconds(step.seconds());
            boolean tunnel = step.event() == Event.CONNECTED || step.event() == Event.DISCONNECTED;
            boolean many = step.event() == Event.FAILED || step.event() == Event.LOST;
            events.add(
                    new LoggedEvent(
                            time,
                            step.event(),
                            tunnel ? step.tunnel() : 0,
                            step.cause(),
                            many ? step.count() : 1));
        }
        return events;
    }

    @Test
    void readsFormerFilesCompressedOnesToo(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("connections.log");
        write(folder.resolve("connections.log.2026-11-01.0.gz"), true, connected(1, NOON));
        write(
                folder.resolve("connections.log.2026-11-01.10.gz"),
                true,
                disconnected(1, NOON.plusSeconds(20)));
        write(
                folder.resolve("connections.log.2026-11-01.2"),
                false,
                connected(2, NOON.plusSeconds(10)));
        write(folder.resolve("connections.log.bak"), false, connected(9, NOON));
        write(log, false, connected(3, NOON.plusSeconds(86_400)));

        ConnectionReport read = read(log, ZoneOffset.UTC, ChronoUnit.DAYS);

        assertThat(read.problems()).isEmpty();
        assertThat(read.report().connects()).isEqualTo(3);
        assertThat(read.report().open()).isEqualTo(2);
        assertThat(read.report().peak()).isEqualTo(2);
        assertThat(read.report().periods())
                .containsExactly(
                        new Report.Period(Instant.parse("2026-11-01T00:00:00Z"), 1, 2, 2, 1, 0),
                        new Report.Period(Instant.parse("2026-11-02T00:00:00Z"), 2, 2, 1, 0, 0));
    }

    @Test
    void whatCannotBeReadIsToldAndTheRestCounts(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("connections.log");
        write(
                log,
                false,
                connected(1, NOON),
                "{\"time\":\"2026-11-01T12",
                "{\"time\":\"yesterday\",\"event\":\"connected\"}",
                "{\"time\":\"2026-11-01T12:00:01Z\",\"event\":\"danced\"}",
                connected(2, NOON));
        Files.writeString(folder.resolve("connections.log.2026-10-31.0.gz"), "not compressed");

        ConnectionReport read = read(log, ZoneOffset.UTC, ChronoUnit.HOURS);

        assertThat(read.report().connects()).isEqualTo(2);
        assertThat(read.problems())
                .satisfiesExactly(
                        gzip -> assertThat(gzip).contains("2026-10-31.0.gz could not be read"),
                        lines ->
                                assertThat(lines)
                                        .isEqualTo(
                                                "3 lines of "
                                                        + log
                                                        + " could not be read, the first is line"
                                                        + " 2"));
    }

    @Test
    void daysAreThoseOfTheZoneAlsoWhenTheClocksChange() {
        ReportBuilder builder =
                new ReportBuilder(
                        Instant.MIN, Instant.MAX, ZoneId.of("Europe/Berlin"), ChronoUnit.DAYS);
        builder.add(event("2026-10-24T23:30:00Z"));
        builder.add(event("2026-10-25T22:30:00Z"));
        builder.add(event("2026-10-25T23:30:00Z"));

        assertThat(builder.build().periods())
                .extracting(Report.Period::start, Report.Period::failures)
                .containsExactly(
                        tuple(Instant.parse("2026-10-24T22:00:00Z"), 2L),
                        tuple(Instant.parse("2026-10-25T23:00:00Z"), 1L));
    }

    private static LoggedEvent event(String time) {
        return new LoggedEvent(Instant.parse(time), Event.FAILED, 0, "tls_timeout", 1);
    }

    private static String connected(int tunnel, Instant time) {
        return "{\"time\":\"%s\",\"event\":\"connected\",\"cause\":\"connected\",\"tunnel\":%d}"
                .formatted(time, tunnel);
    }

    private static String disconnected(int tunnel, Instant time) {
        return "{\"time\":\"%s\",\"event\":\"disconnected\",\"cause\":\"shutdown\",\"tunnel\":%d}"
                .formatted(time, tunnel);
    }

    private static ConnectionReport read(Path log, ZoneId zone, ChronoUnit unit)
            throws IOException {
        return ConnectionReport.read(log, Instant.MIN, Instant.MAX, zone, unit);
    }

    private static void write(Path file, boolean compressed, String... lines) throws IOException {
        try (OutputStream raw = Files.newOutputStream(file);
                OutputStream out = compressed ? new GZIPOutputStream(raw) : raw) {
            for (String line : Stream.of(lines).toList()) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
