package org.outpost.it.support;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Metrics at one moment, read from Prometheus's text format. */
public final class Metrics {
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? ([^ ]+)");

    private record Sample(String name, String labels, double value) {}

    private final List<Sample> samples;

    private Metrics(List<Sample> samples) {
        this.samples = samples;
    }

    static Metrics parse(String text) {
        return new Metrics(
                text.lines()
                        .filter(line -> !line.startsWith("#") && !line.isBlank())
                        .map(SAMPLE::matcher)
                        .filter(Matcher::matches)
                        .map(
                                line ->
                                        new Sample(
                                                line.group(1),
                                                line.group(2) == null ? "" : line.group(2),
                                                Double.parseDouble(line.group(3))))
                        .toList());
    }

    /**
     * The sum of all samples of this name that have these labels; 0 when there are none.
     *
     * @param labels such as {@code cause="shutdown"}
     */
    public double value(String name, String... labels) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name))
                .filter(sample -> Arrays.stream(labels).allMatch(sample.labels()::contains))
                .mapToDouble(Sample::value)
                .sum();
    }

    /** Whether there is any sample of this name. */
    public boolean has(String name) {
        return samples.stream().anyMatch(sample -> sample.name().equals(name));
    }
}
