package org.outpost.simulator.impairment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The moods there are, dealt out to devices in turn. */
public final class Moods {
    private static final Duration NONE = Duration.ZERO;

    /** Nothing is wrong with the way. */
    public static final Mood CALM =
            new Mood("calm", TlsVersion.CURRENT, LinkQuality.PERFECT, Ending.NONE);

    private static final Mood TLS_1_2 =
            new Mood("tls-1.2", TlsVersion.TLS_1_2, LinkQuality.PERFECT, Ending.NONE);
    private static final Mood TLS_1_3 =
            new Mood("tls-1.3", TlsVersion.TLS_1_3, LinkQuality.PERFECT, Ending.NONE);
    private static final Mood LEGACY =
            new Mood("legacy", TlsVersion.TLS_1_0, LinkQuality.PERFECT, Ending.NONE);
    private static final Mood FAR =
            new Mood(
                    "far",
                    TlsVersion.CURRENT,
                    LinkQuality.delayed(millis(120), millis(10)),
                    Ending.NONE);
    private static final Mood SLOW =
            new Mood(
                    "slow",
                    TlsVersion.TLS_1_2,
                    LinkQuality.delayed(millis(30), NONE).narrowedTo(512_000),
                    Ending.NONE);
    private static final Mood MOBILE =
            new Mood(
                    "mobile",
                    TlsVersion.CURRENT,
                    LinkQuality.delayed(millis(50), millis(100)).narrowedTo(4_000_000),
                    Ending.NONE);
    private static final Mood STALLING =
            new Mood(
                    "stalling",
                    TlsVersion.CURRENT,
                    LinkQuality.PERFECT.stalling(Duration.ofSeconds(30), Duration.ofSeconds(4)),
                    Ending.NONE);
    private static final Mood DROPPING =
            new Mood(
                    "dropping",
                    TlsVersion.CURRENT,
                    LinkQuality.PERFECT,
                    new Ending(Ending.Kind.RESET, Duration.ofSeconds(20), Duration.ofSeconds(20)));
    private static final Mood VANISHING =
            new Mood(
                    "vanishing",
                    TlsVersion.CURRENT,
                    LinkQuality.PERFECT,
                    new Ending(
                            Ending.Kind.SILENCE, Duration.ofSeconds(60), Duration.ofSeconds(60)));

    private static final List<Mood> ALL =
            List.of(
                    CALM, TLS_1_2, TLS_1_3, LEGACY, FAR, SLOW, MOBILE, STALLING, DROPPING,
                    VANISHING);

    private final List<Mood> turn;

    /**
     * Moods that are dealt out in turn.
     *
     * @param turn at least one
     */
    public Moods(List<Mood> turn) {
        if (turn.isEmpty()) {
            throw new IllegalArgumentException("no mood at all");
        }
        this.turn = List.copyOf(turn);
    }

    /**
     * Reads what the user wrote: {@code none}, {@code demo}, or names with commas between.
     *
     * @throws IllegalArgumentException with a text for the user when a name is not known
     */
    public static Moods parse(String text) {
        return switch (text) {
            case "none" -> new Moods(List.of(CALM));
            case "demo" -> demo();
            default -> named(text);
        };
    }

    /** Twenty-five: of each that a modern server can serve some, and one that keeps dropping. */
    private static Moods demo() {
        List<Mood> turn = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            turn.addAll(List.of(CALM, TLS_1_2, FAR, SLOW, TLS_1_3));
            turn.add(round == 3 ? STALLING : MOBILE);
        }
        turn.add(DROPPING);
        return new Moods(turn);
    }

    private static Moods named(String names) {
        Map<String, Mood> known = ALL.stream().collect(Collectors.toMap(Mood::name, mood -> mood));
        List<Mood> turn = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            Mood mood = known.get(name.strip());
            if (mood == null) {
                throw new IllegalArgumentException(
                        "no mood '" + name.strip() + "': there are none, demo, " + names());
            }
            turn.add(mood);
        }
        return new Moods(turn);
    }

    /** The names of all moods, with commas between. */
    public static String names() {
        return ALL.stream().map(Mood::name).collect(Collectors.joining(", "));
    }

    /** The mood of the device with this number, from 1. */
    public Mood of(int index) {
        return turn.get(Math.floorMod(index - 1, turn.size()));
    }

    /** All moods in use. */
    public List<Mood> inUse() {
        return turn.stream().distinct().toList();
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
