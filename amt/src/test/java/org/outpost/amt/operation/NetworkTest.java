package org.outpost.amt.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.amt.fake.FakeAmt;
import org.outpost.amt.fake.FakeModel;
import org.outpost.amt.operation.network.NetworkService;
import org.outpost.amt.operation.network.PortSettings;
import org.outpost.amt.operation.network.StaticAddress;
import org.outpost.amt.operation.remoteaccess.EnvironmentDetection;
import org.outpost.amt.operation.remoteaccess.HttpProxy;
import org.outpost.amt.operation.remoteaccess.HttpProxyService;
import org.outpost.amt.operation.remoteaccess.NewMpsServer;
import org.outpost.amt.operation.remoteaccess.RemoteAccessService;
import org.outpost.amt.operation.remoteaccess.Trigger;
import org.outpost.amt.operation.wifi.Ieee8021x;
import org.outpost.amt.operation.wifi.NewWifiProfile;
import org.outpost.amt.operation.wifi.WifiService;
import org.outpost.amt.operation.wifi.WifiState;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.EndpointReference;
import org.outpost.amt.wsman.Selectors;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The device's network, and whom it calls (wsman.md sections 12 and 15). */
final class NetworkTest extends OnDevice {
    private void ports() {
        model.instance(
                "AMT_EthernetPortSettings",
                "DHCPEnabled",
                "true",
                "IPAddress",
                "192.168.0.5",
                "InstanceID",
                PortSettings.WIRED,
                "LinkIsUp",
                "true",
                "LinkPolicy",
                "1|14|16",
                "MACAddress",
                "c8-d9-d2-7a-1e-33");
        model.instance(
                "AMT_EthernetPortSettings",
                "InstanceID",
                PortSettings.WIRELESS,
                "LinkPreference",
                "2",
                "PhysicalConnectionType",
                "3");
    }

    @Test
    void portsAreReadAndSetToAStaticAddress() {
        ports();
        NetworkService service = new NetworkService(calls);

        List<PortSettings> ports = get(service.ports());
        get(
                service.useStatic(
                        PortSettings.WIRED,
                        new StaticAddress(
                                "10.0.0.5", "255.255.255.0", "10.0.0.1", "10.0.0.2", "")));
        PortSettings now = get(service.port(PortSettings.WIRED));

        assertThat(ports.get(0).linkPolicy()).containsExactly(1, 14, 16);
        assertThat(ports.get(1).wireless()).isTrue();
        assertThat(now.dhcp()).isFalse();
        assertThat(now.ipAddress()).isEqualTo("10.0.0.5");
        assertThat(now.macAddress()).isEqualTo("c8-d9-d2-7a-1e-33");
        get(service.useDhcp(PortSettings.WIRED));
        assertThat(get(service.port(PortSettings.WIRED)).ipAddress()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.0", "10.0.0.256", "10.0.0.1.2", "::1", "a.b.c.d", "10.0.0.-1"})
    void whatIsNoAddressIsRefused(String address) {
        assertThatThrownBy(
                        () ->
                                new StaticAddress(
                                        address, "255.255.255.0", "10.0.0.1", "10.0.0.2", ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLinkPreferenceMayTakeTheNetworkAway() {
        ports();
        NetworkService service = new NetworkService(calls);
        get(service.ports());
        model.succeeds("AMT_EthernetPortSettings.SetLinkPreference");
        amt.mishaps.add(FakeAmt.Mishap.CLOSE_AFTER);

        assertThat(get(service.preferLink(NetworkService.LinkOwner.MANAGEMENT, 300)))
                .isEqualTo(Confirmation.UNCONFIRMED);
        assertThat(amt.envelopes.getLast())
                .contains(">" + PortSettings.WIRELESS + "<")
                .contains(":LinkPreference>1<")
                .contains(":Timeout>300<");
    }

    @Test
    void aWifiProfileIsAddedWithItsPassphrase() {
        model.succeeds("AMT_WiFiPortConfigurationService.AddWiFiSettings");
        WifiService service = new WifiService(calls);
        NewWifiProfile profile =
                new NewWifiProfile(
                        "office",
                        "Office",
                        1,
                        6,
                        4,
                        Optional.of("correct horse"),
                        Optional.empty());

        get(service.add(profile));

        assertThat(amt.envelopes.getLast())
                .contains("Intel(r) AMT:WiFi Endpoint Settings office")
                .contains(">WiFi Endpoint 0<")
                .contains(">correct horse<");
        assertThat(profile.toString()).doesNotContain("horse");
    }

    @Test
    void anEnterpriseProfileNamesItsCertificates() {
        model.succeeds("AMT_WiFiPortConfigurationService.UpdateWiFiSettings");
        EndpointReference certificate =
                EndpointReference.of(
                        AmtClass.of("AMT_PublicKeyCertificate"),
                        Selectors.of("InstanceID", "Intel(r) AMT Certificate: Handle: 2"));
        Ieee8021x tls =
                new Ieee8021x(
                        0, "pc-1", Optional.empty(), Optional.of(certificate), Optional.empty());

        get(
                new WifiService(calls)
                        .update(
                                new NewWifiProfile(
                                        "office",
                                        "Office",
                                        1,
                                        7,
                                        4,
                                        Optional.empty(),
                                        Optional.of(tls))));

        assertThat(amt.envelopes.getLast())
                .contains("IEEE8021xSettingsInput")
                .contains("ClientCredential")
                .contains("Intel(r) AMT Certificate: Handle: 2");
    }

    @Test
    void profilesWithoutTheRightSecretAreRefused() {
        assertThatThrownBy(
                        () ->
                                new NewWifiProfile(
                                        "a", "a", 1, 6, 4, Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                new NewWifiProfile(
                                        "a", "a", 1, 6, 4, Optional.of("short"), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                new Ieee8021x(
                                        2,
                                        "a",
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void wifiIsListedSwitchedAndSynchronized() {
        model.instance("CIM_WiFiPort", "EnabledState", "32769");
        model.succeeds("CIM_WiFiPort.RequestStateChange");
        model.instance(
                "CIM_WiFiEndpointSettings",
                "ElementName",
                "office",
                "InstanceID",
                "Intel(r) AMT:WiFi Endpoint Settings office",
                "Priority",
                "1",
                "SSID",
                "Office");
        model.instance(
                "AMT_WiFiPortConfigurationService", "localProfileSynchronizationEnabled", "0");
        WifiService service = new WifiService(calls);

        assertThat(get(service.state())).isEqualTo(WifiState.ON_IN_S0_AND_SX_AC);
        get(service.request(WifiState.ON_IN_S0));
        assertThat(get(service.profiles()).get(0).ssid()).isEqualTo("Office");
        get(service.remove("office"));
        assertThat(get(service.profiles())).isEmpty();
        get(service.synchronize(3, true));
        assertThat(get(service.synchronization())).isEqualTo(3);
        assertThat(amt.envelopes).noneMatch(one -> one.contains("UEFIWiFiProfileShareEnabled"));
    }

    @Test
    void extendedDataIsTheDocuments() {
        assertThat(new Trigger.Every(3600).extendedData()).isEqualTo("AAAAAAAADhA=");
        assertThat(new Trigger.Every(25).extendedData()).isEqualTo("AAAAAAAAABk=");
        assertThat(new Trigger.Daily(18, 30).extendedData()).isEqualTo("AAAAAQAAABIAAAAe");
        assertThat(new Trigger.Alert().extendedData()).isEmpty();
    }

    @Test
    void aServerAndAPolicyAreAdded() {
        String uri = "http://intel.com/wbem/wscim/1/amt-schema/1/";
        returns(
                "AMT_RemoteAccessService.AddMpServer",
                "<g:MpServer>"
                        + FakeModel.reference(
                                uri + "AMT_ManagementPresenceRemoteSAP",
                                Map.of("Name", "Intel(r) AMT:Management Presence Server 0"))
                        + "</g:MpServer>");
        returns(
                "AMT_RemoteAccessService.AddRemoteAccessPolicyRule",
                "<g:PolicyRule>"
                        + FakeModel.reference(
                                uri + "AMT_RemoteAccessPolicyRule",
                                Map.of("PolicyRuleName", "Periodic"))
                        + "</g:PolicyRule>");
        RemoteAccessService service = new RemoteAccessService(calls);
        NewMpsServer server =
                new NewMpsServer("192.168.1.5", 4433, "device1", "P@ssw0rd", "mps.example");

        EndpointReference added = get(service.addServer(server));
        EndpointReference policy =
                get(service.addPolicy(new Trigger.Every(3600), 0, List.of(added)));

        assertThat(amt.envelopes.get(0)).contains(":InfoFormat>3<").contains(":CN>mps.example<");
        assertThat(amt.envelopes.get(1))
                .contains(">AAAAAAAADhA=<")
                .contains("Intel(r) AMT:Management Presence Server 0");
        assertThat(policy.selectors().text("PolicyRuleName")).contains("Periodic");
        assertThat(server.toString()).doesNotContain("P@ssw0rd");
    }

    @Test
    void serversPoliciesAndEnvironmentAreListedAndChanged() {
        model.instance(
                "AMT_ManagementPresenceRemoteSAP",
                "AccessInfo",
                "mps.example",
                "InfoFormat",
                "201",
                "Name",
                "Intel(r) AMT:Management Presence Server 0",
                "Port",
                "4433");
        model.instance(
                "AMT_RemoteAccessPolicyRule",
                "PolicyRuleName",
                "User Initiated",
                "Trigger",
                "0",
                "TunnelLifeTime",
                "300");
        model.instance(
                "AMT_EnvironmentDetectionSettingData", "DetectionStrings", "a.example|b.example");
        model.instance("AMT_UserInitiatedConnectionService", "EnabledState", "32771");
        RemoteAccessService service = new RemoteAccessService(calls);

        assertThat(get(service.servers()).get(0).port()).isEqualTo(4433);
        assertThat(get(service.policies()).get(0).tunnelLifeTime()).hasValue(300);
        assertThat(get(service.environment()).domains()).containsExactly("a.example", "b.example");
        assertThat(get(service.userInterfaces()))
                .isEqualTo(new RemoteAccessService.UserInterfaces(true, true));
        get(service.setEnvironment(new EnvironmentDetection(List.of(), List.of())));
        assertThat(get(service.environment()).domains()).isEmpty();
        get(service.removePolicy("User Initiated"));
        get(service.removeServer("Intel(r) AMT:Management Presence Server 0"));
        assertThat(get(service.policies())).isEmpty();
    }

    @Test
    void proxiesAreListedAddedAndRemoved() {
        model.instance(
                "IPS_HTTPProxyAccessPoint",
                "AccessInfo",
                "proxy.example",
                "InfoFormat",
                "201",
                "Name",
                "Intel(r) HTTP Proxy 1",
                "NetworkDnsSuffix",
                "example",
                "Port",
                "3128");
        model.succeeds("IPS_HTTPProxyService.AddProxyAccessPoint");
        HttpProxyService service = new HttpProxyService(calls);
        HttpProxy present =
                new HttpProxy("Intel(r) HTTP Proxy 1", "proxy.example", 3128, "example");

        assertThat(get(service.list())).containsExactly(present);
        get(service.add(present));
        assertThat(amt.envelopes.getLast()).contains(":InfoFormat>201<");
        get(service.remove("Intel(r) HTTP Proxy 1"));
        assertThat(get(service.list())).isEmpty();
    }
}
