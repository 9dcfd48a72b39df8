package org.outpost.simulator;

import org.jspecify.annotations.Nullable;
import org.outpost.simulator.fault.FaultPlan;
import org.outpost.simulator.firmware.ControlMode;
import org.outpost.simulator.fleet.LanRange;
import org.outpost.simulator.machine.ConsentPolicy;

import picocli.CommandLine.Option;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Options about what the devices are inside, and where they listen themselves. */
final class DeviceOptions {
    @Option(
            names = "--control-mode",
            paramLabel = "MODE",
            defaultValue = "admin",
            description =
                    "Who owns the devices: admin, or client, where the user must consent to all"
                            + " that redirects (default: ${DEFAULT-VALUE}).")
    String controlMode = "admin";

    @Option(
            names = "--consent",
            paramLabel = "POLICY",
            defaultValue = "none",
            description =
                    "For what the user must consent at first: none, kvm, all. The code is logged"
                            + " (default: ${DEFAULT-VALUE}).")
    String consent = "none";

    @Option(
            names = "--amt-fault",
            paramLabel = "FAULTS",
            defaultValue = "none",
            description = {
                "What goes wrong in the devices: NAME[:AMOUNT][@SHARE] with commas between, such as"
                    + " busy:0.05,slow:2s,stuck:0.01@10%%. SHARE is the part of the devices that"
                    + " has it.",
                "With a probability, 1 when none is written: busy (503), stuck (no answer ever),"
                        + " truncate (half a body), chunked, no-contexts (no room for an"
                        + " enumeration), wrong-credentials (right ones refused).",
                "slow:TIME, 500ms or 2s; stale:N, every N requests the nonce is too old; close:N,"
                        + " the connection ends after N requests (default: ${DEFAULT-VALUE})."
            })
    String faults = "none";

    @Option(
            names = "--lan",
            paramLabel = "ADDRESS",
            description =
                    "Also listen without a tunnel: the first device on this address, such as"
                        + " 127.1.0.1, each further one on the next, with the real ports 16992 to"
                        + " 16995.")
    @Nullable String lan;

    @Option(
            names = "--lan-anywhere",
            description =
                    "Allow an address that others can reach: the devices answer whoever knows their"
                            + " password.")
    boolean lanAnywhere;

    /**
     * Checks what picocli does not.
     *
     * @param devices how many there are
     * @throws IllegalArgumentException with a text for the user
     */
    void check(int devices) {
        controlMode();
        consent();
        faults();
        lan(devices);
    }

    ControlMode controlMode() {
        return choice("--control-mode", controlMode, ControlMode.values());
    }

    ConsentPolicy consent() {
        return choice("--consent", consent, ConsentPolicy.values());
    }

    private static <E extends Enum<E>> E choice(String option, String text, E[] choices) {
        return Arrays.stream(choices)
                .filter(choice -> label(choice).equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        option
                                                + " is one of "
                                                + Arrays.stream(choices)
                                                        .map(DeviceOptions::label)
                                                        .collect(Collectors.joining(", "))
                                                + ", not '"
                                                + text
                                                + '\''));
    }

    private static String label(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    FaultPlan faults() {
        try {
            return FaultPlan.parse(faults);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--amt-fault: " + e.getMessage(), e);
        }
    }

    Optional<LanRange> lan(int devices) {
        if (lan == null) {
            return Optional.empty();
        }
        try {
            LanRange range = LanRange.parse(lan, devices);
            if (!range.isLoopback() && !lanAnywhere) {
                throw new IllegalArgumentException(
                        "others can reach "
                                + lan
                                + "; take an address such as 127.1.0.1, or say --lan-anywhere");
            }
            return Optional.of(range);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--lan: " + e.getMessage(), e);
        }
    }
}
