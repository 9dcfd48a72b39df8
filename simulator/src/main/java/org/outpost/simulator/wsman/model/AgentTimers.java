package org.outpost.simulator.wsman.model;

import org.jspecify.annotations.Nullable;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.machine.MachineListener;
import org.outpost.simulator.machine.Power;
import org.outpost.simulator.wsman.Call;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The states of the watchdogs (provisioning.md §5): a running agent that says nothing for its time
 * has expired; while the PC is not in S0 all are suspended.
 */
final class AgentTimers {
    private static final int NOT_STARTED = 1;
    private static final int STOPPED = 2;
    private static final int RUNNING = 4;
    private static final int EXPIRED = 8;
    private static final int SUSPENDED = 16;
    private static final long WRAP = 0x1_0000_0000L;

    private record Rule(int from, int to, boolean event) {}

    private static final class Agent {
        private final byte[] guid;
        private final long timeout;
        private final List<Rule> rules = new ArrayList<>();
        private int state = NOT_STARTED;
        private long sequence = -1;
        private @Nullable Future<?> timer;

        private Agent(Instance watchdog) {
            this.guid = Base64.getDecoder().decode(watchdog.text("DeviceID"));
            this.timeout = watchdog.number("TimeoutInterval");
        }
    }

    private final Firmware firmware;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Agent> agents = new HashMap<>();

    private AgentTimers(Firmware firmware) {
        this.firmware = firmware;
        firmware.machine()
                .listen(
                        new MachineListener() {
                            @Override
                            public void powerChanged(Power before, Power after) {
                                agents.values().forEach(agent -> follow(agent, after.isOn()));
                            }
                        });
    }

    static AgentTimers of(Call call) {
        return of(call.firmware());
    }

    private static AgentTimers of(Firmware firmware) {
        return firmware.state(AgentTimers.class, AgentTimers::new);
    }

    /** Number of the state of a watchdog. */
    static int stateOf(Firmware firmware, Instance watchdog) {
        Agent agent = of(firmware).agents.get(watchdog.text("DeviceID"));
        if (agent != null) {
            return agent.state;
        }
        return firmware.machine().power().isOn() ? NOT_STARTED : SUSPENDED;
    }

    private Agent agent(Instance watchdog) {
        return agents.computeIfAbsent(
                watchdog.text("DeviceID"),
                id -> {
                    Agent agent = new Agent(watchdog);
                    if (!firmware.machine().power().isOn()) {
                        agent.state = SUSPENDED;
                    }
                    return agent;
                });
    }

    private void follow(Agent agent, boolean on) {
        stop(agent);
        agent.sequence = -1;
        change(agent, on ? NOT_STARTED : SUSPENDED);
    }

    long register(Instance watchdog) {
        Agent agent = agent(watchdog);
        agent.sequence = random.nextInt() & 0xFFFF_FFFFL;
        change(agent, RUNNING);
        watch(agent);
        return agent.sequence;
    }

    boolean present(Instance watchdog, long number) {
        Agent agent = agent(watchdog);
        if (!follows(agent, number)) {
            return false;
        }
        change(agent, RUNNING);
        watch(agent);
        return true;
    }

    boolean shutDown(Instance watchdog, long number) {
        Agent agent = agent(watchdog);
        if (!follows(agent, number)) {
            return false;
        }
        stop(agent);
        agent.sequence = -1;
        change(agent, STOPPED);
        return true;
    }

    /** A wrong number ends the session: the agent has to register again. */
    private static boolean follows(Agent agent, long number) {
        boolean right = agent.sequence >= 0 && number == (agent.sequence + 1) % WRAP;
        agent.sequence = right ? number : -1;
        return right;
    }

    private void watch(Agent agent) {
        stop(agent);
        agent.timer =
                firmware.loop()
                        .schedule(() -> change(agent, EXPIRED), agent.timeout, TimeUnit.SECONDS);
    }

    private static void stop(Agent agent) {
        Future<?> timer = agent.timer;
        agent.timer = null;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void change(Agent agent, int next) {
        int before = agent.state;
        agent.state = next;
        boolean told =
                before != next
                        && agent.rules.stream()
                                .anyMatch(
                                        rule ->
                                                rule.event()
                                                        && (rule.from() & before) != 0
                                                        && (rule.to() & next) != 0);
        if (told) {
            firmware.journal().agent(agent.guid, next);
        }
    }

    void addRule(Instance watchdog, int from, int to, boolean event) {
        agent(watchdog).rules.add(new Rule(from, to, event));
    }

    void clearRules(Instance watchdog) {
        agent(watchdog).rules.clear();
    }

    void forget(Instance watchdog) {
        Agent agent = agents.remove(watchdog.text("DeviceID"));
        if (agent != null) {
            stop(agent);
        }
    }
}
