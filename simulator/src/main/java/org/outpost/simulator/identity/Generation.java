package org.outpost.simulator.identity;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A firmware generation: what it announces and speaks. Ports and their order as in apf.md §3.2,
 * what each release took away as in remote-access.md §10.
 */
@SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed
public enum Generation {
    /** Arrandale: no KVM, no IPS classes, TLS 1.0 only. Never dealt out unless it is named. */
    AMT_6_2("6.2", List.of("6.2.0.1022", "6.2.10.1022", "6.2.50.1062"), Ports.WITHOUT_VNC),
    /** Skylake and Kaby Lake. */
    AMT_11_8("11.8", List.of("11.8.55.3510", "11.8.79.3722", "11.8.93.4323"), Ports.ALL),
    /** Coffee Lake. */
    AMT_12_0("12.0", List.of("12.0.35.1427", "12.0.67.1579", "12.0.92.2145"), Ports.ALL),
    /** Comet Lake. */
    AMT_14_1("14.1", List.of("14.1.53.1649", "14.1.67.2046"), Ports.ALL),
    /** Tiger Lake; some of these say keep-alive every 90 s (apf.md §3.4). */
    AMT_15_0("15.0", List.of("15.0.35.1951", "15.0.42.2235"), Ports.ALL),
    /** Raptor Lake: the plain ports are gone from the network. */
    AMT_16_1("16.1", List.of("16.1.25.2124", "16.1.30.2307"), Ports.TLS_ONLY),
    /** Meteor Lake. */
    AMT_18_0("18.0", List.of("18.0.5.2098", "18.0.10.2285"), Ports.TLS_ONLY),
    /** Arrow Lake: no plain port, 5900 gone as well. */
    AMT_19_0("19.0", List.of("19.0.0.1753"), Ports.TLS_WITHOUT_VNC);

    private final String label;
    private final List<String> versions;
    private final List<Integer> ports;

    Generation(String label, List<String> versions, List<Integer> ports) {
        this.label = label;
        this.versions = versions;
        this.ports = ports;
    }

    /** All of them, oldest first. */
    public static List<Generation> all() {
        return List.of(values());
    }

    /** Those that a present-day server takes, oldest first: what is dealt out by default. */
    public static List<Generation> usual() {
        return all().subList(1, all().size());
    }

    /**
     * Those with these labels.
     *
     * @param labels labels with commas between, or {@code all}, which are the usual ones
     * @throws IllegalArgumentException with a text for the user
     */
    public static List<Generation> parse(String labels) {
        return labels.equals("all")
                ? usual()
                : Arrays.stream(labels.split(",", -1))
                        .map(String::strip)
                        .map(Generation::of)
                        .toList();
    }

    private static Generation of(String label) {
        return all().stream()
                .filter(generation -> generation.label.equals(label))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no generation '"
                                                + label
                                                + "'; there are "
                                                + all().stream()
                                                        .map(Generation::label)
                                                        .collect(Collectors.joining(", "))));
    }

    /** Major and minor number, such as {@code 16.1}. */
    public String label() {
        return label;
    }

    /** The ports this generation announces, in the order of its announcements. */
    public List<Integer> ports() {
        return ports;
    }

    /** Whether it can show the screen, and has the classes of the IPS schema. */
    public boolean hasKvm() {
        return compareTo(AMT_6_2) > 0;
    }

    /** Whether it sends PET traps, which the 18th generation does no more (wsman.md §11.1). */
    public boolean hasTraps() {
        return compareTo(AMT_18_0) < 0;
    }

    /** Whether its own TLS server knows 1.0 only (wsman.md §1.3). */
    public boolean serverSpeaksTls10() {
        return this == AMT_6_2;
    }

    /** Whether its own TLS server offers version 1.3 beside 1.2. */
    public boolean serverSpeaksTls13() {
        return compareTo(AMT_16_1) >= 0;
    }

    /** Whether its digest challenge offers {@code auth-int} beside {@code auth} (wsman.md §1.1). */
    public boolean offersAuthInt() {
        return compareTo(AMT_14_1) >= 0;
    }

    /** Version texts of four numbers: major, minor, hot fix, build. */
    List<String> versions() {
        return versions;
    }

    private static final class Ports {
        static final List<Integer> ALL = List.of(16993, 16992, 664, 623, 16995, 16994, 5900);
        static final List<Integer> WITHOUT_VNC = List.of(16993, 16992, 664, 623, 16995, 16994);
        static final List<Integer> TLS_ONLY = List.of(16993, 664, 16995, 5900);
        static final List<Integer> TLS_WITHOUT_VNC = List.of(16993, 664, 16995);
    }
}
