package org.outpost.amt.operation.agentpresence;

/**
 * What happens when an agent's watchdog changes its state.
 *
 * @param oldStates a mask of states, 31 for any
 * @param newStates a mask of states, 31 for any
 * @param event whether the change makes an event
 * @param isolate whether the policy of agent presence is put on the network, or taken off
 */
public record AgentAction(int oldStates, int newStates, boolean event, Isolation isolate) {
    private static final int ANY = 31;

    /** What happens with the policy. */
    public enum Isolation {
        NONE,
        ACTIVATE,
        DEACTIVATE
    }

    /** Checks the masks. */
    public AgentAction {
        if (oldStates < 1 || oldStates > ANY || newStates < 1 || newStates > ANY) {
            throw new IllegalArgumentException("a mask of watchdog states is 1 to 31");
        }
    }
}
