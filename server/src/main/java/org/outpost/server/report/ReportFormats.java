package org.outpost.server.report;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report as text, in lines. */
public final class ReportFormats {
    private static final List<String> PERIOD_HEAD =
            List.of("start", "open", "peak", "connects", "disconnects", "failures");
    private static final List<String> CAUSE_HEAD =
            List.of("event", "cause", "count", "first", "last");

    private final Report report;
    private final ZoneId zone;

    /** Formats a report, with times of this zone. */
    public ReportFormats(Report report, ZoneId zone) {
        this.report = report;
        this.zone = zone;
    }

    /** Rows of {@code --by cause}, the head first. */
    public List<List<String>> causeRows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(CAUSE_HEAD);
        for (Report.Cause cause : report.causes()) {
            rows.add(
                    List.of(
                            cause.event(),
                            cause.cause(),
                            Long.toString(cause.count()),
                            moment(cause.first()),
                            moment(cause.last())));
        }
        return rows;
    }

    /** Rows of {@code --by hour} and {@code --by day}, the head first. */
    public List<List<String>> periodRows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(PERIOD_HEAD);
        for (Report.Period period : report.periods()) {
            rows.add(
                    List.of(
                            moment(period.start()),
                            Long.toString(period.open()),
                            Long.toString(period.peak()),
                            Long.toString(period.connects()),
                            Long.toString(period.disconnects()),
                            Long.toString(period.failures())));
        }
        return rows;
    }

    private String moment(Instant time) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT)
                .format(time.atZone(zone));
    }

    /** A line as RFC 4180 has it. */
    public static String csv(List<String> row) {
        List<String> cells = new ArrayList<>();
        for (String cell : row) {
            boolean quote = cell.chars().anyMatch(c -> c == ',' || c == '"' || c < ' ');
            cells.add(quote ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        return String.join(",", cells);
    }

    /**
     * One document with all figures.
     *
     * @param problems what could not be read
     */
    public String json(List<String> problems) {
        JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        ObjectNode document = mapper.createObjectNode();
        document.put("open", report.open())
                .put("peak", report.peak())
                .put("connects", report.connects())
                .put("disconnects", report.disconnects())
                .put("failures", report.failures())
                .put("lost", report.lost())
                .put("starts", report.starts());
        ArrayNode periods = document.putArray("periods");
        for (Report.Period period : report.periods()) {
            periods.addObject()
                    .put("start", period.start().toString())
                    .put("open", period.open())
                    .put("peak", period.peak())
                    .put("connects", period.connects())
                    .put("disconnects", period.disconnects())
                    .put("failures", period.failures());
        }
        ArrayNode causes = document.putArray("causes");
        for (Report.Cause cause : report.causes()) {
            causes.addObject()
                    .put("event", cause.event())
                    .put("cause", cause.cause())
                    .put("count", cause.count())
                    .put("first", cause.first().toString())
                    .put("last", cause.last().toString());
        }
        ArrayNode unread = document.putArray("problems");
        problems.forEach(unread::add);
        return mapper.writeValueAsString(document);
    }
}
