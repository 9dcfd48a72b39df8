package org.outpost.server.web.amt;

import org.outpost.access.right.Verb;
import org.outpost.amt.operation.PlainTree;
import org.outpost.amt.operation.explorer.ExplorerService;
import org.outpost.amt.wsman.Exploration;
import org.outpost.amt.wsman.RawExchange;
import org.outpost.server.web.security.Needs;
import org.outpost.server.web.security.Open;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The raw answers of a device, for whatever has no route of its own. It reads only. */
@RestController
@RequestMapping("/api/v1/amt/explorer")
final class ExplorerController {
    private final AmtRequests devices;

    ExplorerController(AmtRequests devices) {
        this.devices = devices;
    }

    private static final List<String> CLASSES =
            List.of(
                    "AMT_8021XProfile",
                    "AMT_AgentPresenceWatchdog",
                    "AMT_AlarmClockService",
                    "AMT_AuditLog",
                    "AMT_AuthorizationService",
                    "AMT_BootCapabilities",
                    "AMT_BootSettingData",
                    "AMT_EnvironmentDetectionSettingData",
                    "AMT_EthernetPortSettings",
                    "AMT_EventLogEntry",
                    "AMT_GeneralSettings",
                    "AMT_IEEE8021xCredentialContext",
                    "AMT_IEEE8021xProfile",
                    "AMT_KerberosSettingData",
                    "AMT_ManagementPresenceRemoteSAP",
                    "AMT_MessageLog",
                    "AMT_MPSUsernamePassword",
                    "AMT_NetworkFilter",
                    "AMT_ProvisioningCertificateHash",
                    "AMT_PublicKeyCertificate",
                    "AMT_PublicKeyManagementService",
                    "AMT_PublicPrivateKeyPair",
                    "AMT_RedirectionService",
                    "AMT_RemoteAccessPolicyAppliesToMPS",
                    "AMT_RemoteAccessPolicyRule",
                    "AMT_RemoteAccessService",
                    "AMT_SetupAndConfigurationService",
                    "AMT_SystemDefensePolicy",
                    "AMT_ThirdPartyDataStorageService",
                    "AMT_TimeSynchronizationService",
                    "AMT_TLSCredentialContext",
                    "AMT_TLSProtocolEndpointCollection",
                    "AMT_TLSSettingData",
                    "AMT_UserInitiatedConnectionService",
                    "AMT_WebUIService",
                    "AMT_WiFiPortConfigurationService",
                    "CIM_AssociatedPowerManagementService",
                    "CIM_Battery",
                    "CIM_BIOSElement",
                    "CIM_BootConfigSetting",
                    "CIM_BootService",
                    "CIM_BootSourceSetting",
                    "CIM_Card",
                    "CIM_Chassis",
                    "CIM_Chip",
                    "CIM_ComputerSystem",
                    "CIM_ComputerSystemPackage",
                    "CIM_ConcreteDependency",
                    "CIM_CredentialContext",
                    "CIM_FilterCollection",
                    "CIM_FilterCollectionSubscription",
                    "CIM_IEEE8021xSettings",
                    "CIM_KVMRedirectionSAP",
                    "CIM_ListenerDestination",
                    "CIM_MediaAccessDevice",
                    "CIM_PhysicalMemory",
                    "CIM_PhysicalPackage",
                    "CIM_PowerManagementCapabilities",
                    "CIM_PowerManagementService",
                    "CIM_Processor",
                    "CIM_ServiceAvailableToElement",
                    "CIM_SoftwareIdentity",
                    "CIM_SystemPackaging",
                    "CIM_WiFiEndpointSettings",
                    "CIM_WiFiPort",
                    "IPS_AlarmClockOccurrence",
                    "IPS_HostBasedSetupService",
                    "IPS_HTTPProxyService",
                    "IPS_IEEE8021xSettings",
                    "IPS_KVMRedirectionSettingData",
                    "IPS_OptInService",
                    "IPS_PowerManagementService",
                    "IPS_ProvisioningRecordLog",
                    "IPS_ScreenSettingData",
                    "IPS_SecIOService");

    /** What was read, and the envelopes that were sent and came. */
    record Explored(List<Map<String, Object>> items, String xmlInput, String xmlOutput) {
        static Explored of(Exploration read) {
            return new Explored(
                    read.instances().stream().map(PlainTree::of).toList(),
                    read.exchanges().stream()
                            .map(RawExchange::request)
                            .collect(Collectors.joining("\n")),
                    read.exchanges().stream()
                            .map(RawExchange::response)
                            .collect(Collectors.joining("\n")));
        }
    }

    /** The classes that AMT is known to have. Others can be asked for as well. */
    @GetMapping
    @Open(Open.To.SIGNED_IN)
    List<String> explorableClasses() {
        return CLASSES;
    }

    /** Lists the instances of a class, with the envelopes; secrets never come out of AMT. */
    @GetMapping("/{guid}/{className}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Explored exploreClass(@PathVariable String guid, @PathVariable String className) {
        return devices.ask(
                guid,
                calls -> {
                    ExplorerService explorer = new ExplorerService(calls);
                    return explorer.enumerate(className).thenApply(Explored::of);
                });
    }
}
