package org.outpost.server.demo;

import org.outpost.server.command.ApiClient;
import org.outpost.server.command.CommandFailedException;

import tools.jackson.databind.JsonNode;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which of the simulated devices have called in so far, as the server tells it. */
final class Arrivals {
    private final List<SimulatedDevice> expected;
    private final Set<String> arrived = new HashSet<>();

    Arrivals(List<SimulatedDevice> expected) {
        this.expected = List.copyOf(expected);
    }

    /**
     * Asks the server. Devices that arrived and dropped out again count as arrived: one of them
     * does so all the time.
     */
    void refresh(ApiClient api) throws CommandFailedException {
        for (JsonNode tunnel : api.get(ApiClient.path("tunnels"), Map.of()).path("data")) {
            arrived.add(tunnel.path("guid").asString("").toLowerCase(Locale.ROOT));
        }
    }

    private boolean hasArrived(SimulatedDevice device) {
        return arrived.contains(device.uuid());
    }

    /** The devices that called in. */
    List<SimulatedDevice> present() {
        return expected.stream().filter(this::hasArrived).toList();
    }

    /** The devices that did not. */
    List<SimulatedDevice> missing() {
        return expected.stream().filter(device -> !hasArrived(device)).toList();
    }

    /** How many of how many, and of each mood how many. */
    String summary() {
        Map<String, Long> moods =
                present().stream()
                        .collect(
                                Collectors.groupingBy(
                                        SimulatedDevice::mood,
                                        TreeMap::new,
                                        Collectors.counting()));
        String list =
                moods.entrySet().stream()
                        .map(mood -> mood.getValue() + " " + mood.getKey())
                        .collect(Collectors.joining(", "));
        return "Devices connected: "
                + present().size()
                + " of "
                + expected.size()
                + (list.isEmpty() ? "" : " (" + list + ")");
    }
}
