package org.outpost.server.command;

import org.outpost.amt.operation.power.PowerState;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The power of one device. */
final class DevicePower {
    private final AmtDevice device;

    DevicePower(AmtDevice device) {
        this.device = device;
    }

    /**
     * A state that was read.
     *
     * @param state the number of CIM_AssociatedPowerManagementService
     * @param readAt when
     */
    record Known(int state, Instant readAt) {
        /** In words. */
        String words() {
            return DevicePower.words(state);
        }
    }

    /** A state in words. */
    static String words(int state) {
        return new PowerState(state).text();
    }

    /** Asks the device for its state. */
    int state() throws CommandFailedException {
        return device.get("power", "state").path("powerstate").asInt(0);
    }

    /** The state that was last read of it, if any was. */
    Optional<Known> lastKnown() throws CommandFailedException {
        JsonNode fact = device.facts().path("power");
        if (!fact.isObject()) {
            return Optional.empty();
        }
        return Optional.of(
                new Known(
                        fact.path("value").path("powerstate").asInt(0),
                        Instant.parse(fact.path("readAt").asString(""))));
    }

    /** The numbers that the device offers. */
    Set<Integer> offered() throws CommandFailedException {
        Set<Integer> offered = new HashSet<>();
        for (JsonNode number : device.get("power", "capabilities")) {
            offered.add(number.asInt(0));
        }
        return offered;
    }

    /**
     * Asks for a change.
     *
     * @return false when nothing was to be changed: AMT refuses to switch on what is on
     * @throws CommandFailedException when the device does not offer it, or refuses
     */
    boolean request(PowerChange change) throws CommandFailedException {
        if (change.isListed()) {
            Set<Integer> offered = offered();
            if (!offered.contains(change.number())) {
                throw new CommandFailedException(
                        device.name()
                                + ": this device does not offer "
                                + change.word()
                                + "; it offers "
                                + Arrays.stream(PowerChange.values())
                                        .filter(other -> offered.contains(other.number()))
                                        .map(PowerChange::word)
                                        .collect(Collectors.joining(", ")));
            }
        }
        try {
            device.post(Map.of("action", change.number()), "power", "action");
            return true;
        } catch (ApiProblemException e) {
            if (!e.code().equals("return_value")) {
                throw e;
            }
            int state = state();
            PowerGoal goal = change.goal();
            if (goal != null && goal.holds(state)) {
                return false;
            }
            // The device's number says little: most refusals come from the state that it is in.
            throw new CommandFailedException(e.getMessage() + " Its power is: " + words(state), e);
        }
    }

    /**
     * Waits until a state is there. What goes wrong meanwhile is forgiven: a device that changes
     * its power may be gone for a moment.
     *
     * @param pause between two questions
     * @throws CommandFailedException when it is not there in time
     */
    void await(PowerGoal goal, Instant deadline, Duration pause) throws CommandFailedException {
        while (true) {
            String seen;
            try {
                int state = state();
                if (goal.holds(state)) {
                    return;
                }
                seen = "it is still " + words(state);
            } catch (ApiProblemException e) {
                if (e.status() < 500 && e.status() != 404) {
                    throw e;
                }
                seen = e.sentences();
            }
            if (!Instant.now().plus(pause).isBefore(deadline)) {
                throw new CommandFailedException(
                        device.name()
                                + ": not "
                                + goal.words()
                                + " in time: "
                                + seen
                                + ". What was asked for may still happen: look with: outpost device"
                                + " power "
                                + device.name());
            }
            Pause.of(pause);
        }
    }
}
