package org.outpost.simulator.wsman.model;

import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.cim.Reference;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.firmware.InstanceTable;
import org.outpost.simulator.identity.Generation;
import org.outpost.simulator.wsman.Arguments;
import org.outpost.simulator.wsman.Call;
import org.outpost.simulator.wsman.CimClass;
import org.outpost.simulator.wsman.FaultException;
import org.outpost.simulator.wsman.Output;
import org.outpost.simulator.wsman.Property;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Servers to call, policies when to call, and where the inside is (wsman.md §12). */
final class RemoteAccessClasses {
    static final String SERVER = "AMT_ManagementPresenceRemoteSAP";
    static final String POLICY = "AMT_RemoteAccessPolicyRule";
    private static final String APPLIES = "AMT_RemoteAccessPolicyAppliesToMPS";
    private static final String CREDENTIAL = "AMT_MPSUsernamePassword";
    private static final String CONTEXT = "AMT_RemoteAccessCredentialContext";
    private static final String SERVICE = "AMT_RemoteAccessService";
    private static final String SERVICE_NAME = "Intel(r) AMT Remote Access Service";
    private static final String USER_SERVICE = "AMT_UserInitiatedConnectionService";
    private static final String PROXY = "IPS_HTTPProxyAccessPoint";
    private static final String SERVER_NAME = "Intel(r) AMT:Management Presence Server ";
    private static final int MOST_SERVERS = 4;
    private static final int MOST_PER_POLICY = 2;
    private static final int FAREWELL_MILLIS = 200;
    private static final Map<Long, String> TRIGGERS =
            Map.of(0L, "User Initiated", 1L, "Alert", 2L, "Periodic", 3L, "Home Provisioning");

    private RemoteAccessClasses() {}

    static List<CimClass> classes() {
        return List.of(
                CimClass.named("AMT_RemoteAccessCapabilities")
                        .single(firmware -> capabilities())
                        .build(),
                CimClass.named(SERVICE)
                        .systemKeys()
                        .single(
                                firmware ->
                                        Instance.inEngine(SERVICE, SERVICE_NAME)
                                                .named(SERVICE_NAME)
                                                .set("EnabledState", 5)
                                                .set("IsRemoteTunnelConnected", false)
                                                .set("RemoteTunnelKeepAliveTimeout", 0)
                                                .set("RequestedState", 12)
                                                .build())
                        .live(RemoteAccessClasses::serviceNow)
                        .method("AddMpServer", RemoteAccessClasses::addServer)
                        .method("AddRemoteAccessPolicyRule", RemoteAccessClasses::addPolicy)
                        .method("CloseRemoteAccessConnection", RemoteAccessClasses::closeTunnel)
                        .build(),
                CimClass.named(SERVER)
                        .systemKeys()
                        .deletable(RemoteAccessClasses::deleteServer)
                        .build(),
                CimClass.named(CREDENTIAL)
                        .writable(Property.text("RemoteID", 64), Property.secret("Secret", 0, 64))
                        .build(),
                CimClass.named(CONTEXT).keys("ElementInContext", "ElementProvidingContext").build(),
                CimClass.named(POLICY)
                        .keys(
                                "CreationClassName",
                                "PolicyRuleName",
                                "SystemCreationClassName",
                                "SystemName")
                        .writable(
                                Property.number("TunnelLifeTime", 0, 0xFFFF_FFFFL),
                                Property.text("ExtendedData", 64))
                        .deletable(RemoteAccessClasses::deletePolicy)
                        .build(),
                CimClass.named(APPLIES)
                        .keys("ManagedElement", "PolicySet")
                        .writable(
                                Property.number("OrderOfAccess", 0, 1),
                                Property.number("MpsType", 0, 2))
                        .build(),
                CimClass.named(USER_SERVICE)
                        .systemKeys()
                        .single(
                                firmware ->
                                        Instance.inEngine(
                                                        USER_SERVICE,
                                                        "Intel(r) AMT User Initiated Connection"
                                                                + " Service")
                                                .named(
                                                        "Intel(r) AMT User Initiated Connection"
                                                                + " Service")
                                                .set("EnabledState", 32_771)
                                                .set("RequestedState", 12)
                                                .build())
                        .method("RequestStateChange", RemoteAccessClasses::switchUser)
                        .build(),
                CimClass.named("AMT_EnvironmentDetectionSettingData")
                        .single(
                                firmware ->
                                        Instance.of("AMT_EnvironmentDetectionSettingData")
                                                .set(
                                                        "InstanceID",
                                                        "Intel(r) AMT Environment Detection"
                                                                + " Settings")
                                                .named(
                                                        "Intel(r) AMT Environment Detection"
                                                                + " Settings")
                                                .set("DetectionAlgorithm", 0)
                                                .set(
                                                        "DetectionStrings",
                                                        firmware.profile()
                                                                        .digestRealm()
                                                                        .substring(7, 19)
                                                                + ".invalid")
                                                .build())
                        .writable(
                                Property.number("DetectionAlgorithm", 0, 0),
                                Property.texts("DetectionStrings", 5, 190),
                                Property.texts("DetectionIPv6LocalPrefixes", 5, 190))
                        .build(),
                CimClass.named("IPS_HTTPProxyService")
                        .systemKeys()
                        .since(Generation.AMT_12_0)
                        .single(
                                firmware ->
                                        Instance.inEngine(
                                                        "IPS_HTTPProxyService",
                                                        "Intel(r) AMT HTTP Proxy Service")
                                                .named("Intel(r) AMT HTTP Proxy Service")
                                                .set("CanModifyHTTPProxyAccessPoints", true)
                                                .set("EnabledState", 5)
                                                .set("SyncEnabled", true)
                                                .build())
                        .writable(Property.flag("SyncEnabled"))
                        .method("AddProxyAccessPoint", RemoteAccessClasses::addProxy)
                        .build(),
                CimClass.named(PROXY)
                        .systemKeys()
                        .since(Generation.AMT_12_0)
                        .deletable((call, proxy) -> {})
                        .build());
    }

    private static Instance serviceNow(Firmware firmware, Instance stored) {
        return stored.but().set("IsRemoteTunnelConnected", firmware.tunnel().isConnected()).build();
    }

    /** After a moment, in which the answer leaves: it may go through that very tunnel. */
    private static Output closeTunnel(Call call, Arguments in) {
        Firmware firmware = call.firmware();
        firmware.loop()
                .schedule(() -> firmware.tunnel().close(), FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
        return Output.done();
    }

    private static Instance capabilities() {
        return Instance.of("AMT_RemoteAccessCapabilities")
                .set("InstanceID", "Intel(r) AMT:Remote Access Capabilities 0")
                .named("Intel(r) AMT:Remote Access Capabilities")
                .set("MaxMpsPerPolicy", MOST_PER_POLICY)
                .set("MaxTotalMpServers", MOST_SERVERS)
                .set("MaxTotalPolicies", 3)
                .set("MaxTotalProxyEntryPoints", 15)
                .build();
    }

    private static Output addServer(Call call, Arguments in) throws FaultException {
        InstanceTable servers = call.table(SERVER);
        String address = in.text("AccessInfo", 256);
        long format = in.number("InfoFormat", 0, 65_535);
        long port = in.number("Port", 1, 65_535);
        long method = in.number("AuthMethod", 0, 65_535);
        String user = in.text("Username", 256);
        String password = in.text("Password", 256);
        boolean known = format == 3 || format == 4 || format == 201;
        if (!known || address.isEmpty() || (method != 1 && method != 2)) {
            return Output.of(Status.INVALID_PARAMETER);
        }
        if (method == 2 && (!isCredential(user) || password.isEmpty() || password.length() > 64)) {
            return Output.of(Status.INVALID_PARAMETER);
        }
        if (method == 1 && in.optionalReference("Certificate").isEmpty()) {
            return Output.of(Status.INVALID_PARAMETER);
        }
        if (servers.find("AccessInfo", address).isPresent()) {
            return Output.of(Status.DUPLICATE);
        }
        if (servers.size() >= MOST_SERVERS) {
            return Output.of(Status.MAX_LIMIT_REACHED);
        }
        int number = 0;
        while (servers.find("Name", SERVER_NAME + number).isPresent()) {
            number++;
        }
        Instance server =
                Instance.inEngine(SERVER, SERVER_NAME + number)
                        .named("Intel(r) AMT:Management Presence Server")
                        .set("AccessInfo", address)
                        .set("CN", in.text("CN", 256))
                        .set("InfoFormat", format)
                        .set("Port", port)
                        .build();
        servers.put(server);
        Reference reference = Reference.inEngine(SERVER, server.text("Name"));
        if (method == 2) {
            storeCredential(call, number, user, reference);
        }
        return Output.done().with("MpServer", reference);
    }

    private static boolean isCredential(String user) {
        return !user.isEmpty()
                && user.length() <= 64
                && user.chars()
                        .allMatch(letter -> letter < 128 && Character.isLetterOrDigit(letter));
    }

    private static void storeCredential(Call call, int number, String user, Reference server) {
        String id = "Intel(r) AMT:MPS Username Password " + number;
        call.store(
                Instance.of(CREDENTIAL)
                        .set("InstanceID", id)
                        .named("Intel(r) AMT:MPS Username Password")
                        .set("RemoteID", user)
                        .build());
        call.store(
                Instance.of(CONTEXT)
                        .set("ElementInContext", Reference.to(CREDENTIAL, "InstanceID", id))
                        .set("ElementProvidingContext", server)
                        .build());
    }

    private static void deleteServer(Call call, Instance server) throws FaultException {
        Reference reference = Reference.inEngine(SERVER, server.text("Name"));
        boolean used =
                call.instances(APPLIES).stream()
                        .anyMatch(
                                link ->
                                        link.link("ManagedElement")
                                                .filter(reference::meets)
                                                .isPresent());
        if (used) {
            throw FaultException.internal(Status.ENTRY_IN_USE);
        }
        for (Instance context : call.instances(CONTEXT)) {
            if (context.link("ElementProvidingContext").filter(reference::meets).isPresent()) {
                call.table(CONTEXT).remove(context);
                String id =
                        context.link("ElementInContext").map(c -> c.key("InstanceID")).orElse("");
                call.table(CREDENTIAL)
                        .find("InstanceID", id)
                        .ifPresent(call.table(CREDENTIAL)::remove);
            }
        }
    }

    private static Output addPolicy(Call call, Arguments in) throws FaultException {
        long trigger = in.number("Trigger", 0, 65_535);
        String name = TRIGGERS.get(trigger);
        long life = in.number("TunnelLifeTime", 0, 0xFFFF_FFFFL, 0);
        String extended = in.text("ExtendedData", 64);
        List<Reference> servers = new ArrayList<>(in.references("MpServer"));
        int external = servers.size();
        servers.addAll(in.references("InternalMpServer"));
        if (name == null
                || servers.isEmpty()
                || external > MOST_PER_POLICY
                || servers.size() > 2 * MOST_PER_POLICY) {
            return Output.of(Status.INVALID_PARAMETER);
        }
        if (trigger == 2 && !isSchedule(in)) {
            return Output.of(Status.INVALID_PARAMETER);
        }
        for (Reference server : servers) {
            if (call.table(SERVER).find("Name", server.key("Name")).isEmpty()) {
                return Output.of(Status.INVALID_PARAMETER);
            }
        }
        if (call.table(POLICY).find("PolicyRuleName", name).isPresent()) {
            return Output.of(Status.DUPLICATE);
        }
        Instance policy =
                Instance.of(POLICY)
                        .set("CreationClassName", POLICY)
                        .named("Inte(r) AMT:Remote Access Policy")
                        .set("ExtendedData", extended)
                        .set("PolicyRuleName", name)
                        .set("SystemCreationClassName", "CIM_ComputerSystem")
                        .set("SystemName", "Intel(r) AMT")
                        .set("Trigger", trigger)
                        .set("TunnelLifeTime", life)
                        .build();
        call.store(policy);
        for (int order = 0; order < servers.size(); order++) {
            call.store(
                    Instance.of(APPLIES)
                            .set(
                                    "ManagedElement",
                                    Reference.inEngine(SERVER, servers.get(order).key("Name")))
                            .set("MpsType", order < external ? 0 : 1)
                            .set("OrderOfAccess", order)
                            .set("PolicySet", policyReference(policy))
                            .build());
        }
        return Output.done().with("PolicyRule", policyReference(policy));
    }

    /** Either every so many seconds, or each day at an hour and a minute (wsman.md §12). */
    private static boolean isSchedule(Arguments in) throws FaultException {
        ByteBuffer data = ByteBuffer.wrap(in.bytes("ExtendedData", 12));
        if (data.remaining() == 8) {
            return data.getInt() == 0 && data.getInt() > 0;
        }
        return data.remaining() == 12
                && data.getInt() == 1
                && Integer.compareUnsigned(data.getInt(), 24) < 0
                && Integer.compareUnsigned(data.getInt(), 60) < 0;
    }

    private static Reference policyReference(Instance policy) {
        return policy.reference(
                List.of(
                        "CreationClassName",
                        "PolicyRuleName",
                        "SystemCreationClassName",
                        "SystemName"));
    }

    private static void deletePolicy(Call call, Instance policy) {
        for (Instance link : call.instances(APPLIES)) {
            if (link.link("PolicySet").filter(policyReference(policy)::meets).isPresent()) {
                call.table(APPLIES).remove(link);
            }
        }
    }

    private static Output switchUser(Call call, Arguments in) throws FaultException {
        long state = in.number("RequestedState", 0, 65_535);
        if (state < 32_768 || state > 32_771) {
            return Output.of(Status.INVALID_PARAMETER);
        }
        call.store(in.target().but().set("EnabledState", state).build());
        return Output.done();
    }

    private static Output addProxy(Call call, Arguments in) throws FaultException {
        String address = in.text("AccessInfo", 256);
        long format = in.number("InfoFormat", 0, 65_535);
        long port = in.number("Port", 1, 65_535);
        String suffix = in.text("NetworkDnsSuffix", 192);
        if (address.isEmpty() || (format != 3 && format != 4 && format != 201)) {
            return Output.of(Status.INVALID_PARAMETER);
        }
        InstanceTable proxies = call.table(PROXY);
        if (proxies.find("AccessInfo", address).isPresent()) {
            return Output.of(Status.DUPLICATE);
        }
        if (proxies.size() >= 15) {
            return Output.of(Status.MAX_LIMIT_REACHED);
        }
        Instance proxy =
                Instance.inEngine(
                                PROXY,
                                "Intel(r) ME:HTTP Proxy Access Point " + proxies.nextNumber())
                        .named("Intel(r) ME:HTTP Proxy Access Point")
                        .set("AccessInfo", address)
                        .set("InfoFormat", format)
                        .set("NetworkDnsSuffix", suffix)
                        .set("Port", port)
                        .build();
        proxies.put(proxy);
        return Output.done()
                .with("ProxyAccessPoint", Reference.inEngine(PROXY, proxy.text("Name")));
    }
}
