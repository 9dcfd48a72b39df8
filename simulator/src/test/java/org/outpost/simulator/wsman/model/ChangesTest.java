package org.outpost.simulator.wsman.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outpost.simulator.support.WsmanClient.element;
import static org.outpost.simulator.support.WsmanClient.reference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outpost.simulator.identity.Generation;
import org.outpost.simulator.machine.OperatingSystem;
import org.outpost.simulator.machine.PowerAction;
import org.outpost.simulator.support.TestDevice;
import org.outpost.simulator.support.WsmanClient;
import org.outpost.simulator.support.WsmanClient.Answer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** A Get shows what a Put, a Create, a Delete or a method has changed. */
class ChangesTest {
    private static final String GUID = "AAECAwQFBgcICQoLDA0ODw==";

    private final TestDevice device = new TestDevice(Generation.AMT_12_0, 2);
    private final WsmanClient client = new WsmanClient(device);

    @AfterEach
    void close() {
        device.close();
    }

    @ParameterizedTest
    @CsvSource({
        "AMT_GeneralSettings, '', HostName, desk-7",
        "AMT_GeneralSettings, '', PingResponseEnabled, false",
        "AMT_GeneralSettings, '', IdleWakeTimeout, 5",
        "AMT_GeneralSettings, '', PresenceNotificationInterval, 15",
        "AMT_SetupAndConfigurationService, '', ZeroTouchConfigurationEnabled, false",
        "AMT_BootSettingData, '', FirmwareVerbosity, 2",
        "AMT_RedirectionService, '', EnabledState, 32769",
        "AMT_RedirectionService, '', ListenerEnabled, false",
        "IPS_KVMRedirectionSettingData, '', Is5900PortEnabled, true",
        "IPS_KVMRedirectionSettingData, '', OptInPolicy, true",
        "IPS_KVMRedirectionSettingData, '', SessionTimeout, 10",
        "IPS_SecIOService, '', zoom, 2",
        "IPS_OptInService, '', OptInRequired, 4294967295",
        "IPS_OptInService, '', OptInCodeTimeout, 60",
        "AMT_AuthorizationService, '', AllowHttpQopAuthOnly, 0",
        "AMT_ProvisioningCertificateHash, Intel(r) AMT Provisioning Certificate Hash: Handle: 1,"
                + " Enabled, false",
        "AMT_TLSSettingData, Intel(r) AMT 802.3 TLS Settings, MutualAuthentication, true",
        "AMT_TLSSettingData, Intel(r) AMT LMS TLS Settings, TrustedCN, mps.example",
        "AMT_EthernetPortSettings, Intel(r) AMT Ethernet Port Settings 0, SecondaryDNS, 192.0.2.9",
        "AMT_EthernetPortSettings, Intel(r) AMT Ethernet Port Settings 1, LinkControl, 1",
        "IPS_IPv6PortSettings, Intel(r) IPS IPv6 Settings 0, IPv6Enabled, true",
        "AMT_8021XProfile, '', Enabled, true",
        "AMT_8021XProfile, '', Username, kim",
        "IPS_IEEE8021xSettings, '', Enabled, 2",
        "AMT_WiFiPortConfigurationService, '', localProfileSynchronizationEnabled, 3",
        "AMT_EventManagerService, '', DefaultCommunityString, vpro",
        "AMT_PETFilterSetting, Intel(r) AMT:PET Filter Setting 1, SendAlert, true",
        "AMT_EnvironmentDetectionSettingData, '', DetectionStrings, office.example",
        "IPS_HTTPProxyService, '', SyncEnabled, false",
        "IPS_WatchDogAction, '', Timeout, 60"
    })
    void aGetShowsWhatWasPut(String name, String id, String property, String value) {
        String[] selectors = id.isEmpty() ? new String[0] : new String[] {"InstanceID", id};
        assertThat(client.get(name, selectors).value(property)).isNotEqualTo(value);

        Answer put = client.put(name, element(property, value), selectors);

        assertThat(put.status()).as(put.text()).isEqualTo(200);
        assertThat(put.value(property)).isEqualTo(value);
        assertThat(client.get(name, selectors).value(property)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "AMT_RedirectionService, RequestStateChange, RequestedState, 32768, EnabledState, 32768",
        "CIM_KVMRedirectionSAP, RequestStateChange, RequestedState, 3, EnabledState, 3",
        "CIM_WiFiPort, RequestStateChange, RequestedState, 32768, EnabledState, 32768",
        "AMT_UserInitiatedConnectionService, RequestStateChange, RequestedState, 32768,"
                + " EnabledState, 32768",
        "AMT_KerberosSettingData, SetCredentialCacheState, Enabled, true, CredentialCacheState,"
                + " true",
        "IPS_PowerManagementService, RequestOSPowerSavingStateChange, OSPowerSavingState, 3,"
                + " OSPowerSavingState, 3",
        "AMT_MessageLog, FreezeLog, Freeze, true, IsFrozen, true",
        "AMT_AuditLog, RequestStateChange, RequestedState, 3, EnabledState, 3",
        "AMT_AuditLog, SetStoragePolicy, PolicyType, 2, StoragePolicy, 2"
    })
    void aGetShowsWhatAMethodChanged(
            String name,
            String method,
            String argument,
            String value,
            String property,
            String now) {
        device.firmware().machine().request(PowerAction.ON);
        device.pass(Duration.ofSeconds(20));
        assertThat(client.get(name).value(property)).isNotEqualTo(now);

        Answer answer = client.invoke(name, method, element(argument, value));

        assertThat(answer.value("ReturnValue")).as(answer.text()).isEqualTo("0");
        assertThat(client.get(name).value(property)).isEqualTo(now);
    }

    @ParameterizedTest
    @CsvSource({
        "AMT_GeneralSettings, PresenceNotificationInterval, 14",
        "AMT_GeneralSettings, SharedFQDN, perhaps",
        "IPS_OptInService, OptInRequired, 2",
        "IPS_OptInService, OptInCodeTimeout, 10",
        "IPS_KVMRedirectionSettingData, RFBPassword, short",
        "IPS_KVMRedirectionSettingData, RFBPassword, Passw0rd",
        "AMT_RedirectionService, EnabledState, 7"
    })
    void whatIsNotAllowedIsAFaultAndChangesNothing(String name, String property, String value) {
        String before = client.get(name).value(property);

        Answer put = client.put(name, element(property, value));

        assertThat(put.status()).isEqualTo(400);
        assertThat(client.get(name).value(property)).isEqualTo(before);
    }

    @Test
    void anotherKeyThanTheSelectedOneIsNoRepresentation() {
        assertThat(
                        client.put(
                                        "AMT_EthernetPortSettings",
                                        element("InstanceID", "other"),
                                        "InstanceID",
                                        "Intel(r) AMT Ethernet Port Settings 0")
                                .fault())
                .isEqualTo("InvalidRepresentation");
    }

    @Test
    void severalInstancesNeedSelectors() {
        assertThat(client.get("AMT_EthernetPortSettings").fault()).isEqualTo("InvalidSelectors");
    }

    @Test
    void secretsAreTakenButNeverShown() {
        client.put("IPS_KVMRedirectionSettingData", element("RFBPassword", "P@ssw0rd"));
        client.put("AMT_8021XProfile", element("Password", "very-secret"));
        client.invoke(
                "AMT_RemoteAccessService",
                "AddMpServer",
                server("192.0.2.1").replace("secret", "mps-secret"));
        addWireless("home", 1);

        assertThat(device.firmware().redirection().vncPassword()).isEqualTo("P@ssw0rd");
        for (String name : AmtModel.catalog().names(device.firmware())) {
            assertThat(client.enumerate(name).text())
                    .doesNotContain("P@ssw0rd", "very-secret", "mps-secret", "passphrase-1");
        }
    }

    @Test
    void theClockFollowsTheConsole() {
        long before = Long.parseLong(time());

        Answer set =
                client.invoke(
                        "AMT_TimeSynchronizationService",
                        "SetHighAccuracyTimeSynch",
                        element("Ta0", before)
                                + element("Tm1", before + 100)
                                + element("Tm2", before + 101));

        assertThat(set.value("ReturnValue")).isEqualTo("0");
        assertThat(time()).isEqualTo(Long.toString(before + 100));
    }

    private String time() {
        return client.invoke("AMT_TimeSynchronizationService", "GetLowAccuracyTimeSynch", "")
                .value("Ta0");
    }

    @Test
    void aPowerPackageIsChosen() {
        Answer answer =
                client.invoke(
                        "AMT_SystemPowerScheme",
                        "SetPowerScheme",
                        element("SchemeGUID", "QNPtwQYHSkq4kTB2lU2bnw=="),
                        "InstanceID",
                        "SCHEME 0");

        assertThat(answer.value("ReturnValue")).isEqualTo("0");
        assertThat(client.enumerate("AMT_SystemPowerScheme").values("IsCurrent"))
                .containsExactly("true", "false");
    }

    @Test
    void wirelessProfilesComeChangeAndGo() {
        assertThat(addWireless("home", 1).value("ReturnValue")).isEqualTo("0");
        assertThat(addWireless("home", 2).value("ReturnValue")).isEqualTo("2058");
        assertThat(addWireless("work", 1).value("ReturnValue")).isEqualTo("36");
        assertThat(client.enumerate("CIM_WiFiEndpointSettings").values("SSID"))
                .containsExactly("net-home");

        client.delete(
                "CIM_WiFiEndpointSettings",
                "InstanceID",
                "Intel(r) AMT:WiFi Endpoint Settings home");
        assertThat(client.enumerate("CIM_WiFiEndpointSettings").items()).isEmpty();
    }

    private Answer addWireless(String name, int priority) {
        return client.invoke(
                "AMT_WiFiPortConfigurationService",
                "AddWiFiSettings",
                reference("WiFiEndpoint", "CIM_WiFiEndpoint", "Name", "WiFi Endpoint 0")
                        + "<r:WiFiEndpointSettingsInput"
                        + " xmlns:q=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_WiFiEndpointSettings\">"
                        + "<q:ElementName>"
                        + name
                        + "</q:ElementName><q:SSID>net-"
                        + name
                        + "</q:SSID><q:Priority>"
                        + priority
                        + "</q:Priority><q:AuthenticationMethod>6</q:AuthenticationMethod>"
                        + "<q:EncryptionMethod>4</q:EncryptionMethod>"
                        + "<q:PSKPassPhrase>passphrase-1</q:PSKPassPhrase>"
                        + "</r:WiFiEndpointSettingsInput>");
    }

    @Test
    void serversAndPoliciesAreLinkedAndKeepEachOther() {
        Answer added = client.invoke("AMT_RemoteAccessService", "AddMpServer", server("192.0.2.1"));
        assertThat(added.value("ReturnValue")).isEqualTo("0");
        assertThat(added.text()).contains("Intel(r) AMT:Management Presence Server 0");
        assertThat(
                        client.invoke("AMT_RemoteAccessService", "AddMpServer", server("192.0.2.1"))
                                .value("ReturnValue"))
                .isEqualTo("2058");
        assertThat(client.enumerate("AMT_MPSUsernamePassword").value("RemoteID"))
                .isEqualTo("device1");

        assertThat(policy("AAAAAAAADhA=").value("ReturnValue")).isEqualTo("0");
        assertThat(policy("AAAAAQAAABIAAAAe").value("ReturnValue")).isEqualTo("2058");
        assertThat(client.enumerate("AMT_RemoteAccessPolicyAppliesToMPS").items()).hasSize(1);
        assertThat(client.delete("AMT_ManagementPresenceRemoteSAP").fault())
                .isEqualTo("InternalError");

        assertThat(client.delete("AMT_RemoteAccessPolicyRule").status()).isEqualTo(200);
        assertThat(client.delete("AMT_ManagementPresenceRemoteSAP").status()).isEqualTo(200);
        assertThat(client.enumerate("AMT_RemoteAccessPolicyAppliesToMPS").items()).isEmpty();
        assertThat(client.enumerate("AMT_MPSUsernamePassword").items()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"AAAAAAAAABk=, 0", "AAAAAQAAABIAAAAe, 0", "AAAAAQAAABgAAAAe, 36", "AAAAAg==, 36"})
    void aPeriodicPolicyNeedsASchedule(String data, String returned) {
        client.invoke("AMT_RemoteAccessService", "AddMpServer", server("192.0.2.1"));

        assertThat(policy(data).value("ReturnValue")).isEqualTo(returned);
    }

    private static String server(String address) {
        return element("AccessInfo", address)
                + element("InfoFormat", 3)
                + element("Port", 4433)
                + element("AuthMethod", 2)
                + element("Username", "device1")
                + element("Password", "secret")
                + element("CN", address);
    }

    private Answer policy(String data) {
        return client.invoke(
                "AMT_RemoteAccessService",
                "AddRemoteAccessPolicyRule",
                element("Trigger", 2)
                        + element("TunnelLifeTime", 0)
                        + element("ExtendedData", data)
                        + reference(
                                "MpServer",
                                "AMT_ManagementPresenceRemoteSAP",
                                "Name",
                                "Intel(r) AMT:Management Presence Server 0"));
    }

    @Test
    void anAlarmSwitchesThePcOnAndTheSixthFindsNoRoom() {
        device.firmware().machine().request(PowerAction.OFF);
        device.pass(Duration.ofSeconds(4));
        assertThat(alarm("a", "2026-01-02T16:00:00Z", "P0DT0H0M").value("ReturnValue"))
                .isEqualTo("0");
        assertThat(client.enumerate("IPS_AlarmClockOccurrence").value("Datetime"))
                .isEqualTo("2026-01-02T16:00:00Z");

        device.pass(Duration.ofMinutes(54));
        assertThat(device.firmware().machine().os()).isEqualTo(OperatingSystem.ABSENT);
        device.pass(Duration.ofMinutes(3));
        assertThat(device.firmware().machine().os()).isEqualTo(OperatingSystem.RUNNING);
        assertThat(client.enumerate("IPS_AlarmClockOccurrence").items()).isEmpty();

        for (int i = 0; i < 5; i++) {
            alarm("b" + i, "2026-02-02T16:00:00Z", "P1DT0H0M");
        }
        assertThat(alarm("c", "2026-02-02T16:00:00Z", "P1DT0H0M").fault()).isEqualTo("QuotaLimit");
        client.delete("IPS_AlarmClockOccurrence", "InstanceID", "b0");
        assertThat(client.enumerate("IPS_AlarmClockOccurrence").items()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({"2020-01-01T00:00:00Z, P0DT0H0M", "soon, P0DT0H0M", "2026-02-02T16:00:00Z, often"})
    void anAlarmInThePastOrWithoutATimeIsRefused(String start, String interval) {
        Answer answer = alarm("a", start, interval);

        assertThat(answer.fault() + answer.value("ReturnValue"))
                .isIn("SchemaValidationError", "34");
        assertThat(client.enumerate("IPS_AlarmClockOccurrence").items()).isEmpty();
    }

    private Answer alarm(String id, String start, String interval) {
        return client.invoke(
                "AMT_AlarmClockService",
                "AddAlarm",
                "<r:AlarmTemplate"
                    + " xmlns:s=\"http://intel.com/wbem/wscim/1/ips-schema/1/IPS_AlarmClockOccurrence\">"
                    + "<s:InstanceID>"
                        + id
                        + "</s:InstanceID><s:StartTime><c:Datetime>"
                        + start
                        + "</c:Datetime></s:StartTime><s:Interval><c:Interval>"
                        + interval
                        + "</c:Interval></s:Interval><s:DeleteOnCompletion>true</s:DeleteOnCompletion>"
                        + "</r:AlarmTemplate>");
    }

    @Test
    void anAgentThatFallsSilentExpiresAndSaysSo() {
        device.firmware().machine().request(PowerAction.ON);
        device.pass(Duration.ofSeconds(20));
        assertThat(
                        client.create(
                                        "AMT_AgentPresenceWatchdog",
                                        element("DeviceID", GUID)
                                                + element("StartupInterval", 3600)
                                                + element("TimeoutInterval", 60))
                                .text())
                .contains("AgentPresenceWatchdog", GUID);
        assertThat(
                        client.invoke(
                                        "AMT_AgentPresenceWatchdog",
                                        "AddAction",
                                        element("OldState", 31)
                                                + element("NewState", 8)
                                                + element("EventOnTransition", true))
                                .value("ReturnValue"))
                .isEqualTo("0");
        assertThat(client.enumerate("CIM_ConcreteDependency").items()).hasSize(2);
        assertThat(state()).isEqualTo("1");

        long sequence =
                Long.parseLong(
                        client.invoke("AMT_AgentPresenceWatchdog", "RegisterAgent", "")
                                .value("SessionSequenceNumber"));
        assertThat(state()).isEqualTo("4");
        device.pass(Duration.ofSeconds(50));
        assertThat(assertPresence(sequence + 1)).isEqualTo("0");
        device.pass(Duration.ofSeconds(50));
        assertThat(state()).isEqualTo("4");

        int events = device.firmware().eventLog().size();
        device.pass(Duration.ofSeconds(11));
        assertThat(state()).isEqualTo("8");
        assertThat(device.firmware().eventLog().size()).isEqualTo(events + 1);
        assertThat(device.firmware().eventLog().records().getFirst().sensorType()).isEqualTo(0x12);
        assertThat(assertPresence(sequence + 1)).isEqualTo("36");

        client.invoke("AMT_AgentPresenceWatchdog", "DeleteAllActions", "");
        assertThat(client.enumerate("AMT_AgentPresenceWatchdogAction").items()).isEmpty();
        client.delete("AMT_AgentPresenceWatchdog", "DeviceID", GUID);
        assertThat(client.enumerate("AMT_AgentPresenceWatchdog").items()).isEmpty();
    }

    private String state() {
        return client.get("AMT_AgentPresenceWatchdog").value("CurrentState");
    }

    private String assertPresence(long number) {
        return client.invoke(
                        "AMT_AgentPresenceWatchdog",
                        "AssertPresence",
                        element("SequenceNumber", number % 0x1_0000_0000L))
                .value("ReturnValue");
    }

    @Test
    void aHungPcIsResetWhenThatIsWanted() {
        device.firmware().machine().request(PowerAction.ON);
        device.pass(Duration.ofSeconds(20));
        client.put(
                "IPS_WatchDogAction",
                element("HeciWatchDogExpirationAction", 1) + element("Timeout", 30));

        device.firmware().machine().hang();
        device.pass(Duration.ofSeconds(121));
        assertThat(device.firmware().machine().os()).isEqualTo(OperatingSystem.HUNG);
        assertThat(device.firmware().eventLog().records().getFirst().sensorType()).isEqualTo(0x20);
        device.pass(Duration.ofSeconds(45));
        assertThat(device.firmware().machine().os()).isEqualTo(OperatingSystem.RUNNING);
    }

    @Test
    void dataOfAnApplicationIsKeptAndReadAgain() {
        admin("AddStorageEaclEntry", element("EnterpriseName", "Contoso"));
        admin(
                "AddStorageFpaclEntry",
                element("AttrType", 1)
                        + element("ApplicationName", "Assets")
                        + element("VendorName", "Fabrikam")
                        + element("IsPartner", true)
                        + element("TotalAllocationSize", 49_152));
        String session = register("Assets").value("SessionHandle");
        String handle = element("SessionHandle", session);
        String application =
                storage("GetCurrentApplicationHandle", handle).value("ApplicationHandle");
        String block =
                storage(
                                "AllocateBlock",
                                handle
                                        + element("BytesRequested", 4096)
                                        + element("BlockHidden", false)
                                        + element("BlockName", "list"))
                        .value("BlockHandle");
        String target = handle + element("BlockHandle", block);
        String data =
                Base64.getEncoder().encodeToString("office 16".getBytes(StandardCharsets.UTF_8));

        assertThat(
                        storage(
                                        "WriteBlock",
                                        target + element("ByteOffset", 10) + element("Data", data))
                                .value("ReturnValue"))
                .isEqualTo("0");

        assertThat(
                        storage(
                                        "ReadBlock",
                                        target
                                                + element("ByteOffset", 10)
                                                + element("ByteCount", 9))
                                .value("Data"))
                .isEqualTo(data);
        assertThat(storage("GetBlockAttributes", target).value("BlockName")).isEqualTo("list");
        assertThat(
                        storage(
                                        "GetAllocatedBlocks",
                                        handle + element("BlockOwnerApplication", application))
                                .values("BlockHandles"))
                .containsExactly(block);
        assertThat(
                        storage(
                                        "WriteBlock",
                                        target
                                                + element("ByteOffset", 4090)
                                                + element("Data", data))
                                .value("ReturnValue"))
                .isEqualTo("35");

        storage("UnregisterApplication", handle);
        assertThat(storage("GetBytesAvailable", handle).value("ReturnValue")).isEqualTo("2053");
        assertThat(register("Unknown").value("ReturnValue")).isEqualTo("16");
        String again = element("SessionHandle", register("Assets").value("SessionHandle"));
        assertThat(
                        storage(
                                        "ReadBlock",
                                        again
                                                + element("BlockHandle", block)
                                                + element("ByteOffset", 10)
                                                + element("ByteCount", 9))
                                .value("Data"))
                .isEqualTo(data);
        storage("DeallocateBlock", again + element("BlockHandle", block));
        assertThat(storage("GetBytesAvailable", again).value("BytesAvailable")).isEqualTo("196608");
    }

    private Answer register(String application) {
        return storage(
                "RegisterApplication",
                element("CallerUUID", "00112233445566778899AABBCCDDEEFF")
                        + element("VendorName", "Fabrikam")
                        + element("ApplicationName", application)
                        + element("EnterpriseName", "Contoso"));
    }

    private Answer storage(String method, String input) {
        return client.invoke("AMT_ThirdPartyDataStorageService", method, input);
    }

    private void admin(String method, String input) {
        assertThat(
                        client.invoke(
                                        "AMT_ThirdPartyDataStorageAdministrationService",
                                        method,
                                        input)
                                .value("ReturnValue"))
                .isEqualTo("0");
    }

    @Test
    void filtersMakeAPolicyAndAPortUsesIt() {
        assertThat(filter("block-web").status()).isEqualTo(200);
        assertThat(filter("block-web").fault()).isEqualTo("AlreadyExists");
        String id = client.get("AMT_IPHeadersFilter").value("InstanceID");
        Answer policy = policy("isolate", id);
        assertThat(policy.status()).as(policy.text()).isEqualTo(200);
        assertThat(policy("broken", "99").fault()).isEqualTo("InternalError");
        assertThat(client.get("AMT_SystemDefensePolicy").value("FilterCreationHandles"))
                .isEqualTo(id);

        Answer link =
                client.create(
                        "AMT_NetworkPortDefaultSystemDefensePolicy",
                        reference(
                                        "Antecedent",
                                        "CIM_EthernetPort",
                                        "DeviceID",
                                        "Intel(r) AMT Ethernet Port 0")
                                + reference(
                                        "Dependent",
                                        "AMT_SystemDefensePolicy",
                                        "InstanceID",
                                        client.get("AMT_SystemDefensePolicy").value("InstanceID")));
        assertThat(link.status()).as(link.text()).isEqualTo(200);
        assertThat(client.get("AMT_NetworkPortSystemDefensePolicy").value("PolicyActive"))
                .isEqualTo("1");
        assertThat(client.delete("AMT_SystemDefensePolicy").fault()).isEqualTo("InternalError");
        assertThat(client.delete("AMT_IPHeadersFilter").fault()).isEqualTo("InternalError");

        client.delete("AMT_NetworkPortDefaultSystemDefensePolicy");
        client.delete("AMT_SystemDefensePolicy");
        client.delete("AMT_IPHeadersFilter");
        assertThat(client.enumerate("AMT_NetworkPortSystemDefensePolicy").items()).isEmpty();
        assertThat(client.enumerate("AMT_IPHeadersFilter").items()).isEmpty();
    }

    private Answer filter(String name) {
        return client.create(
                "AMT_IPHeadersFilter",
                element("InstanceID", 0)
                        + element("Name", name)
                        + element("FilterProfile", 4)
                        + element("FilterDirection", 0)
                        + element("ActionEventOnMatch", true)
                        + element("HdrIPVersion", 4)
                        + element("HdrProtocolID", 6)
                        + element("HdrDestPortStart", 80)
                        + element("HdrDestPortEnd", 80));
    }

    private Answer policy(String name, String filter) {
        return client.create(
                "AMT_SystemDefensePolicy",
                element("PolicyName", name)
                        + element("PolicyPrecedence", 1)
                        + element("FilterCreationHandles", filter)
                        + element("TxDefaultCount", false)
                        + element("TxDefaultDrop", true)
                        + element("TxDefaultMatchEvent", false)
                        + element("RxDefaultCount", false)
                        + element("RxDefaultDrop", true)
                        + element("RxDefaultMatchEvent", false));
    }
}
