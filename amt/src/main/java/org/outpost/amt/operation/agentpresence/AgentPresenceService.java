package org.outpost.amt.operation.agentpresence;

import org.outpost.amt.operation.ComputerSystems;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.EndpointReference;
import org.outpost.amt.wsman.Invocation;
import org.outpost.amt.wsman.Selectors;
import org.outpost.amt.xml.Element;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Watchdogs over programs on the PC, and over its operating system (wsman.md section 13). */
public final class AgentPresenceService {
    private static final AmtClass WATCHDOG = AmtClass.of("AMT_AgentPresenceWatchdog");
    private static final String ACTION = "IPS_WatchDogAction";
    private static final int ACTIVATE = 0;
    private static final int DEACTIVATE = 1;
    private static final int LONGEST_DELAY = 86_400;

    private final AmtCalls calls;

    /** Asks through these calls. */
    public AgentPresenceService(AmtCalls calls) {
        this.calls = calls;
    }

    /** The watchdogs. */
    public CompletionStage<List<AgentWatchdog>> list() {
        return calls.enumerate(WATCHDOG.name())
                .thenApply(
                        list ->
                                list.stream()
                                        .map(AgentPresenceService::watchdog)
                                        .flatMap(Optional::stream)
                                        .toList());
    }

    private static Optional<AgentWatchdog> watchdog(Element read) {
        String name = read.textOr("MonitoredEntityDescription", "");
        return read.bytes("DeviceID")
                .filter(id -> id.length == 16)
                .map(AgentPresenceService::uuid)
                .filter(
                        agent ->
                                agent.getMostSignificantBits() != 0
                                        || agent.getLeastSignificantBits() != 0)
                .map(
                        agent ->
                                new AgentWatchdog(
                                        agent,
                                        name.substring(0, Math.min(name.length(), 16)),
                                        read.integer("StartupInterval").orElse(0),
                                        read.integer("TimeoutInterval").orElse(0),
                                        read.integer("CurrentState")));
    }

    /** A DeviceID is the UUID with its first three fields little-endian, as base64. */
    static String deviceId(UUID agent) {
        ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        long most = agent.getMostSignificantBits();
        bytes.putInt((int) (most >>> 32)).putShort((short) (most >>> 16)).putShort((short) most);
        bytes.order(ByteOrder.BIG_ENDIAN).putLong(agent.getLeastSignificantBits());
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static UUID uuid(byte[] id) {
        ByteBuffer bytes = ByteBuffer.wrap(id).order(ByteOrder.LITTLE_ENDIAN);
        long most = Integer.toUnsignedLong(bytes.getInt()) << 32;
        most |= Short.toUnsignedLong(bytes.getShort()) << 16;
        most |= Short.toUnsignedLong(bytes.getShort());
        return new UUID(most, bytes.order(ByteOrder.BIG_ENDIAN).getLong());
    }

    /** Makes a watchdog. */
    public CompletionStage<EndpointReference> add(AgentWatchdog watchdog) {
        String uri = WATCHDOG.uri();
        return calls.create(
                WATCHDOG.name(),
                Element.of(
                        uri,
                        WATCHDOG.name(),
                        List.of(
                                Element.of(uri, "CreationClassName", WATCHDOG.name()),
                                Element.of(uri, "DeviceID", deviceId(watchdog.agent())),
                                Element.of(
                                        uri, "MonitoredEntityDescription", watchdog.description()),
                                Element.of(
                                        uri,
                                        "StartupInterval",
                                        Integer.toString(watchdog.startupSeconds())),
                                Element.of(uri, "SystemCreationClassName", "CIM_ComputerSystem"),
                                Element.of(uri, "SystemName", ComputerSystems.ENGINE),
                                Element.of(
                                        uri,
                                        "TimeoutInterval",
                                        Integer.toString(watchdog.timeoutSeconds())))));
    }

    private static Selectors key(UUID agent) {
        return Selectors.of("DeviceID", deviceId(agent));
    }

    /** Removes a watchdog. */
    public CompletionStage<Optional<Element>> remove(UUID agent) {
        return calls.delete(WATCHDOG.name(), key(agent));
    }

    /** Adds an action to a watchdog. */
    public CompletionStage<Element> addAction(UUID agent, AgentAction action) {
        Invocation call =
                Invocation.of(WATCHDOG, "AddAction")
                        .on(key(agent))
                        .with("OldState", action.oldStates())
                        .with("NewState", action.newStates())
                        .with("EventOnTransition", action.event());
        return calls.invoke(
                switch (action.isolate()) {
                    case NONE -> call;
                    case ACTIVATE -> call.with("ActionSd", ACTIVATE);
                    case DEACTIVATE -> call.with("ActionSd", DEACTIVATE);
                });
    }

    /** Removes all actions of a watchdog. */
    public CompletionStage<Element> clearActions(UUID agent) {
        return calls.invoke(Invocation.of(WATCHDOG, "DeleteAllActions").on(key(agent)));
    }

    /** What an expired watchdog does to the PC, as the device tells it; from AMT 11 on. */
    public CompletionStage<Element> resetAction() {
        return calls.get(ACTION);
    }

    /**
     * Lets an expired watchdog reset the PC.
     *
     * @param onOsHang whether the operating system's watchdog resets
     * @param onAgentLoss whether an agent's watchdog resets
     * @param delaySeconds how long the reset waits, 0 to 86400
     */
    public CompletionStage<Element> setResetAction(
            boolean onOsHang, boolean onAgentLoss, int delaySeconds) {
        if (delaySeconds < 0 || delaySeconds > LONGEST_DELAY) {
            throw new IllegalArgumentException("the reset waits 0 to 86400 seconds");
        }
        return calls.update(
                ACTION,
                read ->
                        read.with("HeciWatchDogExpirationAction", onOsHang ? 1 : 0)
                                .with("AgentPresenceWatchDogExpirationAction", onAgentLoss ? 1 : 0)
                                .with("Timeout", delaySeconds));
    }
}
