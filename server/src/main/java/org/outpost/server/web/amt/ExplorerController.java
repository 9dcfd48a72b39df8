package org.outpost.server.web.amt;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Caller;
import org.outpost.access.right.DeviceTraits;
import org.outpost.access.right.Verb;
import org.outpost.amt.operation.PlainTree;
import org.outpost.amt.operation.explorer.ExplorerService;
import org.outpost.amt.wsman.Exploration;
import org.outpost.amt.wsman.RawExchange;
import org.outpost.amt.xml.Element;
import org.outpost.server.web.Answers;
import org.outpost.server.web.audit.ActionNote;
import org.outpost.server.web.security.Needs;
import org.outpost.server.web.security.Open;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Classes and methods of a device as they are, for whatever has no route of its own. To change
 * something here takes all the rights to the device that any route asks for, since it may be
 * anything.
 */
@RestController
@RequestMapping("/api/v1/amt/explorer")
final class ExplorerController {
    private static final List<Verb> CHANGING =
            List.of(Verb.POWER, Verb.REDIRECT, Verb.CONFIGURE, Verb.ERASE);

    private final AmtRequests devices;
    private final Function<UUID, DeviceTraits> traits;

    /**
     * Explores these.
     *
     * @param traits what rights to a device depend on
     */
    ExplorerController(AmtRequests devices, Function<UUID, DeviceTraits> traits) {
        this.devices = devices;
        this.traits = traits;
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

    /**
     * Which instance, and what is put into it. A value is a text, a number, a truth value, a list
     * of them, or a reference to an instance: an object with {@code class} and {@code selectors}.
     */
    record Change(
            @Nullable Map<String, Object> selectors, @Nullable Map<String, Object> properties) {}

    /** Of which instance a method is called, and with what, in the order that its class defines. */
    record Arguments(
            @Nullable Map<String, Object> selectors, @Nullable Map<String, Object> input) {}

    /** Replaces properties of an instance; shows it as the device has it then. */
    @PatchMapping("/{guid}/{className}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Map<String, Object> changeInstance(
            @PathVariable String guid,
            @PathVariable String className,
            @RequestBody Change wanted,
            Caller caller) {
        mayDoAnything(guid, caller);
        ActionNote.target(className);
        return PlainTree.of(
                devices.<Element>ask(
                        guid,
                        calls ->
                                new ExplorerService(calls)
                                        .change(
                                                className,
                                                some(wanted.selectors()),
                                                some(wanted.properties()))));
    }

    /** Calls a method; shows its output. */
    @PostMapping("/{guid}/{className}/{method}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Map<String, Object> invokeMethod(
            @PathVariable String guid,
            @PathVariable String className,
            @PathVariable String method,
            @RequestBody Arguments wanted,
            Caller caller) {
        mayDoAnything(guid, caller);
        ActionNote.target(className + '.' + method);
        return PlainTree.of(
                devices.<Element>ask(
                        guid,
                        calls ->
                                new ExplorerService(calls)
                                        .invoke(
                                                className,
                                                method,
                                                some(wanted.selectors()),
                                                some(wanted.input()))));
    }

    private static Map<String, Object> some(@Nullable Map<String, Object> given) {
        return given == null ? Map.of() : given;
    }

    private void mayDoAnything(String guid, Caller caller) {
        DeviceTraits device = traits.apply(Answers.uuid("guid", guid));
        if (!CHANGING.stream().allMatch(verb -> caller.may(verb, device))) {
            throw Answers.problem(
                    HttpStatus.FORBIDDEN,
                    "What is called or changed here may be anything: it needs the rights 'power',"
                            + " 'redirect', 'configure' and 'erase' for this device.");
        }
    }
}
