package org.outpost.simulator.wsman.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.outpost.simulator.account.Account;
import org.outpost.simulator.account.Account.Access;
import org.outpost.simulator.cim.CimNames;
import org.outpost.simulator.identity.Generation;
import org.outpost.simulator.support.TestDevice;
import org.outpost.simulator.support.WsmanClient;
import org.outpost.simulator.support.WsmanClient.Answer;
import org.outpost.simulator.support.XmlTree;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What holds for all classes: how they are read, by whom, and on which generation. */
class EveryClassTest {
    static Stream<String> names() {
        try (TestDevice laptop = new TestDevice(Generation.AMT_12_0, 2)) {
            return List.copyOf(AmtModel.catalog().names(laptop.firmware())).stream();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyClassIsEnumeratedInItsThreeModesWithPropertiesInOrder(String name) {
        try (TestDevice device = new TestDevice(Generation.AMT_12_0, 2)) {
            WsmanClient client = new WsmanClient(device);

            Answer objects = client.enumerate(name);
            assertThat(objects.status()).as(objects.text()).isEqualTo(200);
            assertThat(objects.text()).contains("EndOfSequence");
            for (XmlTree item : objects.items()) {
                assertThat(item.children().stream().map(XmlTree::name)).isSorted();
            }

            for (String mode : List.of("EnumerateEPR", "EnumerateObjectAndEPR")) {
                Answer begun = enumerate(client, name, mode);
                Answer items = client.pull(name, begun.value("EnumerationContext"), 999);
                assertThat(items.status()).isEqualTo(200);
                assertThat(items.items()).hasSameSizeAs(objects.items());
            }
        }
    }

    /** Each item once more, fetched by the keys that its reference names. */
    @ParameterizedTest
    @MethodSource("names")
    void everyInstanceIsFoundByItsKeys(String name) {
        try (TestDevice device = new TestDevice(Generation.AMT_12_0, 2)) {
            WsmanClient client = new WsmanClient(device);
            Answer begun = enumerate(client, name, "EnumerateEPR");
            Answer references = client.pull(name, begun.value("EnumerationContext"), 999);
            for (XmlTree reference : references.items()) {
                XmlTree parameters = reference.at("ReferenceParameters");
                String owner = CimNames.className(parameters.at("ResourceURI").text());

                Answer got = client.getBy(owner, parameters.at("SelectorSet").xml());

                assertThat(got.status()).as(got.text()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void whoHasNoRealmReadsNothing(String name) {
        try (TestDevice device = new TestDevice(Generation.AMT_12_0, 2)) {
            Account nobody = new Account(5, "nobody", "", "", Access.ANY, Set.of(), true);
            WsmanClient client = new WsmanClient(device).as(nobody);

            assertThat(client.get(name).fault()).isEqualTo("AccessDenied");
            assertThat(client.enumerate(name).fault()).isEqualTo("AccessDenied");
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void anUnknownMethodAnUnknownActionAndAWrongSelectorAreFaults(String name) {
        try (TestDevice device = new TestDevice(Generation.AMT_12_0, 2)) {
            WsmanClient client = new WsmanClient(device);

            assertThat(client.invoke(name, "NoSuchMethod", "").fault())
                    .isEqualTo("ActionNotSupported");
            assertThat(client.ask("urn:nothing", name, "").fault()).isEqualTo("ActionNotSupported");
            assertThat(client.get(name, "NoSuchKey", "x").fault()).isEqualTo("InvalidSelectors");
        }
    }

    @Test
    void theClassesOfTiersOneToFourAreThere() {
        assertThat(names())
                .contains(
                        ("CIM_SoftwareIdentity AMT_SetupAndConfigurationService AMT_GeneralSettings"
                             + " AMT_TimeSynchronizationService CIM_ServiceAvailableToElement"
                             + " CIM_AssociatedPowerManagementService AMT_EthernetPortSettings"
                             + " AMT_RedirectionService CIM_ElementSettingData AMT_BootCapabilities"
                             + " IPS_IPv6PortSettings CIM_KVMRedirectionSAP IPS_OptInService"
                             + " IPS_KVMRedirectionSettingData IPS_ScreenConfigurationService"
                             + " IPS_PowerManagementService CIM_BootService AMT_8021XProfile"
                             + " AMT_BootSettingData CIM_BootSourceSetting CIM_BootConfigSetting"
                             + " CIM_ComputerSystemPackage CIM_PowerManagementService"
                             + " AMT_MessageLog AMT_AuditLog IPS_AlarmClockOccurrence"
                             + " AMT_AlarmClockService CIM_Chassis CIM_Card CIM_BIOSElement"
                             + " CIM_Processor CIM_Chip CIM_PhysicalMemory CIM_MediaAccessDevice"
                             + " CIM_PhysicalPackage CIM_Battery AMT_AuthorizationService"
                             + " AMT_PublicKeyCertificate AMT_PublicKeyManagementService"
                             + " AMT_PublicPrivateKeyPair AMT_TLSSettingData"
                             + " AMT_TLSCredentialContext CIM_FilterCollection"
                             + " CIM_ListenerDestination CIM_FilterCollectionSubscription"
                             + " AMT_EventManagerService AMT_PETFilterSetting"
                             + " AMT_SNMPEventSubscriber AMT_RemoteAccessCapabilities"
                             + " AMT_RemoteAccessService AMT_RemoteAccessPolicyRule"
                             + " AMT_RemoteAccessPolicyAppliesToMPS AMT_ManagementPresenceRemoteSAP"
                             + " AMT_MPSUsernamePassword AMT_UserInitiatedConnectionService"
                             + " AMT_EnvironmentDetectionSettingData CIM_WiFiPort CIM_WiFiEndpoint"
                             + " CIM_WiFiEndpointSettings AMT_WiFiPortConfigurationService"
                             + " AMT_AgentPresenceWatchdog AMT_AgentPresenceCapabilities"
                             + " IPS_WatchDogAction AMT_SystemPowerScheme IPS_HTTPProxyService")
                                .split(" "));
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void whatAGenerationLacksIsUnreachable(Generation generation) {
        try (TestDevice device = new TestDevice(generation, 1)) {
            WsmanClient client = new WsmanClient(device);

            boolean kvm = generation != Generation.AMT_6_2;
            boolean traps = generation.compareTo(Generation.AMT_18_0) < 0;
            assertPresence(client.get("CIM_KVMRedirectionSAP"), kvm);
            assertPresence(client.get("IPS_OptInService"), kvm);
            assertPresence(client.get("AMT_EventManagerService"), traps);
            assertPresence(client.get("CIM_WiFiPort"), false);
            assertPresence(client.enumerate("AMT_PCIDevice"), !kvm);
            assertPresence(client.get("AMT_GeneralSettings"), true);
            assertThat(client.enumerate("CIM_SoftwareIdentity").text())
                    .contains(">" + device.firmware().profile().version().text() + "<");
        }
    }

    private static void assertPresence(Answer answer, boolean present) {
        assertThat(answer.fault()).isEqualTo(present ? "" : "DestinationUnreachable");
    }

    private static Answer enumerate(WsmanClient client, String name, String mode) {
        return client.ask(
                "http://schemas.xmlsoap.org/ws/2004/09/enumeration/Enumerate",
                name,
                "<n:Enumerate xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\">"
                        + "<w:EnumerationMode>"
                        + mode
                        + "</w:EnumerationMode></n:Enumerate>");
    }
}
