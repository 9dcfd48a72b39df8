package org.outpost.simulator.fault;

import org.outpost.simulator.identity.DeviceProfile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Which faults the devices of a fleet have. Written as {@code name[:amount][@share]} with commas
 * between: {@code busy:0.05,slow:2s,stuck:0.01@10%}.
 *
 * @param faults in the order in which they were written
 */
public record FaultPlan(List<Fault> faults) {
    /** No faults. */
    public static final FaultPlan NONE = new FaultPlan(List.of());

    /**
     * One fault.
     *
     * @param kind what goes wrong
     * @param amount how often, how long or how many, as its kind says
     * @param share which part of the devices has it, from 0 to 1
     */
    public record Fault(Kind kind, double amount, double share) {}

    /** What an amount means. */
    enum Unit {
        /** A probability, 1 when nothing is written. */
        CHANCE("a probability from 0 to 1"),
        /** A time. */
        TIME("a time such as 500ms or 2s"),
        /** A count from 1. */
        COUNT("a whole number from 1");

        private final String text;

        Unit(String text) {
            this.text = text;
        }
    }

    /** What may go wrong. */
    public enum Kind {
        /** An answer is 503. */
        BUSY("busy", Unit.CHANCE),
        /** An answer takes this long. */
        SLOW("slow", Unit.TIME),
        /** An answer never comes. */
        STUCK("stuck", Unit.CHANCE),
        /** An answer breaks off in the middle of its body. */
        TRUNCATE("truncate", Unit.CHANCE),
        /** An answer comes in chunks. */
        CHUNKED("chunked", Unit.CHANCE),
        /** There is no room for an enumeration. */
        NO_CONTEXTS("no-contexts", Unit.CHANCE),
        /** Right credentials are refused. */
        WRONG_CREDENTIALS("wrong-credentials", Unit.CHANCE),
        /** Every so many requests the nonce has become stale. */
        STALE("stale", Unit.COUNT),
        /** The connection is closed after so many requests. */
        CLOSE("close", Unit.COUNT);

        private final String label;
        private final Unit unit;

        Kind(String label, Unit unit) {
            this.label = label;
            this.unit = unit;
        }
    }

    public FaultPlan {
        faults = List.copyOf(faults);
    }

    /**
     * Reads a plan.
     *
     * @throws IllegalArgumentException with a text for the user that says what is right
     */
    public static FaultPlan parse(String text) {
        if (text.isBlank() || text.strip().equals("none")) {
            return NONE;
        }
        List<Fault> faults = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            faults.add(fault(part.strip()));
        }
        return new FaultPlan(faults);
    }

    private static Fault fault(String text) {
        int at = text.indexOf('@');
        String fault = at < 0 ? text : text.substring(0, at);
        double share = at < 0 ? 1 : share(text, text.substring(at + 1));
        int colon = fault.indexOf(':');
        String name = colon < 0 ? fault : fault.substring(0, colon);
        Kind kind =
                Arrays.stream(Kind.values())
                        .filter(known -> known.label.equals(name))
                        .findFirst()
                        .orElseThrow(() -> unknown(name));
        if (colon < 0) {
            if (kind.unit != Unit.CHANCE) {
                throw wrongAmount(kind, "nothing");
            }
            return new Fault(kind, 1, share);
        }
        return new Fault(kind, amount(kind, fault.substring(colon + 1)), share);
    }

    private static double share(String fault, String text) {
        double percent = text.endsWith("%") ? number(text.substring(0, text.length() - 1)) : -1;
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException(
                    "the share of devices in '"
                            + fault
                            + "' is a percentage such as 10%, not '"
                            + text
                            + '\'');
        }
        return percent / 100;
    }

    private static double amount(Kind kind, String text) {
        double amount =
                switch (kind.unit) {
                    case CHANCE, COUNT -> number(text);
                    case TIME -> milliseconds(text);
                };
        boolean right =
                switch (kind.unit) {
                    case CHANCE -> amount >= 0 && amount <= 1;
                    case TIME -> amount >= 1 && amount <= Duration.ofHours(1).toMillis();
                    case COUNT -> amount >= 1 && amount <= 1_000_000 && amount == Math.rint(amount);
                };
        if (!right) {
            throw wrongAmount(kind, '\'' + text + '\'');
        }
        return amount;
    }

    private static IllegalArgumentException wrongAmount(Kind kind, String got) {
        return new IllegalArgumentException(
                kind.label + ":AMOUNT takes " + kind.unit.text + ", not " + got);
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException(
                "no fault '"
                        + name
                        + "'; there are "
                        + Arrays.stream(Kind.values())
                                .map(kind -> kind.label)
                                .collect(Collectors.joining(", ")));
    }

    private static double milliseconds(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.endsWith("ms")) {
            return number(lower.substring(0, lower.length() - 2));
        }
        return lower.endsWith("s") ? 1000 * number(lower.substring(0, lower.length() - 1)) : -1;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** The faults of one device: always the same for the same device. */
    public FaultSource of(DeviceProfile device) {
        if (faults.isEmpty()) {
            return FaultSource.NONE;
        }
        SplittableRandom random = random(device);
        List<Fault> own = own(random);
        return own.isEmpty() ? FaultSource.NONE : new PlannedFaults(own, random);
    }

    /** The names of the faults that one device has, in the order in which they were written. */
    public List<String> namesOf(DeviceProfile device) {
        return own(random(device)).stream().map(fault -> fault.kind().label).toList();
    }

    private static SplittableRandom random(DeviceProfile device) {
        return new SplittableRandom(device.uuid().getMostSignificantBits());
    }

    private List<Fault> own(SplittableRandom random) {
        return faults.stream().filter(fault -> random.nextDouble() < fault.share()).toList();
    }
}
