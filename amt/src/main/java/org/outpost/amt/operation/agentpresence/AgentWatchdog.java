package org.outpost.amt.operation.agentpresence;

import java.util.OptionalInt;
import java.util.UUID;

/**
 * A watchdog over a program on the PC (AMT_AgentPresenceWatchdog; wsman.md section 13).
 *
 * @param agent which program
 * @param description its name for people, up to 16 characters
 * @param startupSeconds how long it may take after the start of the PC
 * @param timeoutSeconds how often it must be heard of
 * @param state 1 not started, 2 stopped, 4 running, 8 expired, 16 suspended; empty before it is
 *     made
 */
public record AgentWatchdog(
        UUID agent, String description, int startupSeconds, int timeoutSeconds, OptionalInt state) {
    private static final int LONGEST = 16;
    private static final int SHORTEST_TIMEOUT = 10;

    /** Checks the agent, the name and the times. */
    public AgentWatchdog {
        if (agent.getMostSignificantBits() == 0 && agent.getLeastSignificantBits() == 0) {
            throw new IllegalArgumentException("an agent's UUID is not all zero");
        }
        if (description.length() > LONGEST) {
            throw new IllegalArgumentException("an agent's name has up to 16 characters");
        }
    }

    /**
     * A watchdog to be made.
     *
     * @param agent which program
     * @param description its name for people, up to 16 characters
     * @param startupSeconds how long it may take after the start, 1 to 65535
     * @param timeoutSeconds how often it must be heard of, 10 to 65535
     */
    public static AgentWatchdog of(
            UUID agent, String description, int startupSeconds, int timeoutSeconds) {
        if (startupSeconds < 1
                || startupSeconds > 0xFFFF
                || timeoutSeconds < SHORTEST_TIMEOUT
                || timeoutSeconds > 0xFFFF) {
            throw new IllegalArgumentException(
                    "an agent starts within 1 to 65535 s and is heard of every 10 to 65535 s");
        }
        return new AgentWatchdog(
                agent, description, startupSeconds, timeoutSeconds, OptionalInt.empty());
    }
}
