package org.outpost.amt.operation.remoteaccess;

import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.operation.Confirmation;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.EndpointReference;
import org.outpost.amt.wsman.Invocation;
import org.outpost.amt.wsman.Selectors;
import org.outpost.amt.xml.Element;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/** Which servers the device calls, and when (wsman.md section 12). */
public final class RemoteAccessService {
    private static final AmtClass SERVICE = AmtClass.of("AMT_RemoteAccessService");
    private static final AmtClass SERVER = AmtClass.of("AMT_ManagementPresenceRemoteSAP");
    private static final AmtClass USER = AmtClass.of("AMT_UserInitiatedConnectionService");
    private static final String POLICY = "AMT_RemoteAccessPolicyRule";
    private static final String APPLIES = "AMT_RemoteAccessPolicyAppliesToMPS";
    private static final String DETECTION = "AMT_EnvironmentDetectionSettingData";
    private static final int PASSWORD = 2;
    private static final int USER_OFF = 32768;
    private static final int BIOS = 1;
    private static final int OS = 2;

    /** From where the user may ask for help. */
    public record UserInterfaces(boolean bios, boolean operatingSystem) {}

    /**
     * Whether a tunnel is open, as far as the device tells (from AMT 11 on).
     *
     * @param connected whether it is; empty where AMT does not tell
     * @param keepAliveSeconds how often the device shows that it lives
     */
    public record TunnelState(Optional<Boolean> connected, OptionalInt keepAliveSeconds) {}

    private final AmtCalls calls;

    /** Asks through these calls. */
    public RemoteAccessService(AmtCalls calls) {
        this.calls = calls;
    }

    /** The servers. */
    public CompletionStage<List<MpsServer>> servers() {
        return calls.enumerate(SERVER.name())
                .thenApply(
                        list ->
                                list.stream()
                                        .map(
                                                read ->
                                                        new MpsServer(
                                                                read.textOr("Name", ""),
                                                                read.textOr("AccessInfo", ""),
                                                                read.integer("InfoFormat")
                                                                        .orElse(0),
                                                                read.integer("Port").orElse(0),
                                                                read.textOr("CN", "")))
                                        .toList());
    }

    /** Adds a server; what names it comes back. */
    public CompletionStage<EndpointReference> addServer(NewMpsServer server) {
        return calls.invoke(
                        Invocation.of(SERVICE, "AddMpServer")
                                .with("AccessInfo", server.address())
                                .with("InfoFormat", server.infoFormat())
                                .with("Port", server.port())
                                .with("AuthMethod", PASSWORD)
                                .with("Username", server.user())
                                .with("Password", server.password())
                                .with("CN", server.commonName()))
                .thenApply(output -> named(output, "MpServer"));
    }

    private static EndpointReference named(Element output, String property) {
        return output.child(property)
                .flatMap(EndpointReference::read)
                .orElseThrow(
                        () ->
                                new AmtException(
                                        new AmtFailure.ProtocolError(
                                                "it does not say what it has made")));
    }

    /**
     * Removes a server.
     *
     * @param name its key
     */
    public CompletionStage<Optional<Element>> removeServer(String name) {
        return calls.delete(SERVER.name(), Selectors.of("Name", name));
    }

    /** The policies. */
    public CompletionStage<List<AccessPolicy>> policies() {
        return calls.enumerate(POLICY)
                .thenApply(
                        list ->
                                list.stream()
                                        .map(
                                                read ->
                                                        new AccessPolicy(
                                                                read.textOr("PolicyRuleName", ""),
                                                                read.integer("Trigger").orElse(-1),
                                                                read.number("TunnelLifeTime"),
                                                                read.textOr("ExtendedData", "")))
                                        .toList());
    }

    /** Which policy calls which server, in which order, as the device tells it. */
    public CompletionStage<List<Element>> assignments() {
        return calls.enumerate(APPLIES);
    }

    /**
     * Adds a policy.
     *
     * @param trigger what makes the device call
     * @param lifeTimeSeconds until the tunnel ends; 0 for never
     * @param servers one or two, in the order they are tried
     */
    public CompletionStage<EndpointReference> addPolicy(
            Trigger trigger, long lifeTimeSeconds, List<EndpointReference> servers) {
        if (servers.isEmpty() || servers.size() > 2 || lifeTimeSeconds < 0) {
            throw new IllegalArgumentException(
                    "a policy calls one or two servers, for 0 or more seconds");
        }
        Invocation call =
                Invocation.of(SERVICE, "AddRemoteAccessPolicyRule")
                        .with("Trigger", trigger.number())
                        .with("TunnelLifeTime", lifeTimeSeconds);
        if (!trigger.extendedData().isEmpty()) {
            call = call.with("ExtendedData", trigger.extendedData());
        }
        for (EndpointReference server : servers) {
            call = call.with("MpServer", server);
        }
        return calls.invoke(call).thenApply(output -> named(output, "PolicyRule"));
    }

    /**
     * Removes a policy.
     *
     * @param name its key: User Initiated, Alert or Periodic
     */
    public CompletionStage<Optional<Element>> removePolicy(String name) {
        return calls.delete(POLICY, Selectors.of("PolicyRuleName", name));
    }

    /** Where the enterprise's network is. */
    public CompletionStage<EnvironmentDetection> environment() {
        return calls.get(DETECTION)
                .thenApply(
                        read ->
                                new EnvironmentDetection(
                                        read.texts("DetectionStrings"),
                                        read.texts("DetectionIPv6LocalPrefixes")));
    }

    /**
     * Says where the enterprise's network is. A device that finds itself outside closes its ports:
     * no answer is no failure.
     *
     * @param environment its domains
     */
    public CompletionStage<Confirmation> setEnvironment(EnvironmentDetection environment) {
        return Confirmation.unlessLost(
                calls.update(
                        DETECTION,
                        read ->
                                read.with("DetectionStrings", environment.domains())
                                        .with(
                                                "DetectionIPv6LocalPrefixes",
                                                environment.ipv6Prefixes())));
    }

    /** From where the user may ask for help. */
    public CompletionStage<UserInterfaces> userInterfaces() {
        return calls.get(USER.name())
                .thenApply(
                        read -> {
                            int state = read.integer("EnabledState").orElse(USER_OFF);
                            return new UserInterfaces((state & BIOS) != 0, (state & OS) != 0);
                        });
    }

    /** Changes from where the user may ask for help. */
    public CompletionStage<Element> setUserInterfaces(UserInterfaces interfaces) {
        int state =
                USER_OFF + (interfaces.bios() ? BIOS : 0) + (interfaces.operatingSystem() ? OS : 0);
        return calls.invoke(
                Invocation.of(USER, "RequestStateChange").with("RequestedState", state));
    }

    /** Whether a tunnel is open. */
    public CompletionStage<TunnelState> tunnel() {
        return calls.get(SERVICE.name())
                .thenApply(
                        read ->
                                new TunnelState(
                                        read.flag("IsRemoteTunnelConnected"),
                                        read.integer("RemoteTunnelKeepAliveTimeout")));
    }

    /** Lets the device end its tunnel: over that very tunnel no answer comes. */
    public CompletionStage<Confirmation> closeTunnel() {
        return Confirmation.unlessLost(
                calls.invoke(Invocation.of(SERVICE, "CloseRemoteAccessConnection")));
    }
}
