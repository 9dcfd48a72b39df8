package org.outpost.server.demo;

import org.outpost.server.command.CommandFailedException;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Locale;

/**
 * A device as the simulator lists it.
 *
 * @param uuid its UUID, lower case
 * @param name its full name
 * @param generation of the firmware, such as {@code 16.1}
 * @param mood how its way to the server is
 * @param ports what it serves
 */
record SimulatedDevice(
        String uuid, String name, String generation, String mood, List<Integer> ports) {
    /** Keeps its own copies. */
    SimulatedDevice {
        uuid = uuid.toLowerCase(Locale.ROOT);
        ports = List.copyOf(ports);
    }

    /**
     * Reads what {@code simulate --list} prints, one JSON object a line.
     *
     * @throws CommandFailedException when it is something else
     */
    static List<SimulatedDevice> list(String lines) throws CommandFailedException {
        JsonMapper json = new JsonMapper();
        try {
            return lines.lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> json.readValue(line, SimulatedDevice.class))
                    .toList();
        } catch (JacksonException | NullPointerException e) {
            throw new CommandFailedException("the simulator's list is not understood", e);
        }
    }

    /** Whether it serves that port. */
    boolean serves(int port) {
        return ports.contains(port);
    }
}
