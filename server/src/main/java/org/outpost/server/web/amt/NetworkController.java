package org.outpost.server.web.amt;

import static org.outpost.server.web.amt.Checks.checked;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Verb;
import org.outpost.amt.operation.Confirmation;
import org.outpost.amt.operation.network.NetworkService;
import org.outpost.amt.operation.network.PortSettings;
import org.outpost.amt.operation.network.StaticAddress;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.xml.Element;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;
import org.outpost.server.web.security.Needs;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** The network of AMT, wired and wireless. */
@RestController
@RequestMapping("/api/v1/amt")
final class NetworkController {
    private final AmtRequests devices;

    NetworkController(AmtRequests devices) {
        this.devices = devices;
    }

    /** A network interface of AMT, named as in Open DMT's MPS. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Port(
            String instanceID,
            boolean sharedMAC,
            String macAddress,
            boolean linkIsUp,
            List<String> linkPolicy,
            @Nullable String linkPreference,
            @Nullable String linkControl,
            boolean sharedStaticIP,
            boolean ipSyncEnabled,
            boolean dhcpEnabled,
            String ipAddress,
            String subnetMask,
            String defaultGateway,
            String primaryDNS,
            String secondaryDNS,
            String physicalConnectionType) {
        static Port of(PortSettings read) {
            return new Port(
                    read.instanceId(),
                    read.sharedMac(),
                    read.macAddress(),
                    read.linkUp(),
                    read.linkPolicy().stream().map(NetworkNames::linkPolicy).toList(),
                    read.wireless() ? NetworkNames.owner(read.linkPreference()) : null,
                    read.wireless() ? NetworkNames.owner(read.linkControl()) : null,
                    read.sharedStaticIp(),
                    read.ipSync(),
                    read.dhcp(),
                    read.ipAddress(),
                    read.subnetMask(),
                    read.defaultGateway(),
                    read.primaryDns(),
                    read.secondaryDns(),
                    NetworkNames.connection(read.connectionType()));
        }
    }

    /** Both interfaces. */
    record Ports(@Nullable Port wired, @Nullable Port wireless) {
        static Ports of(List<PortSettings> all) {
            return new Ports(
                    all.stream()
                            .filter(port -> !port.wireless())
                            .findFirst()
                            .map(Port::of)
                            .orElse(null),
                    all.stream()
                            .filter(PortSettings::wireless)
                            .findFirst()
                            .map(Port::of)
                            .orElse(null));
        }
    }

    /** How the wired interface shall get its address. */
    record Wired(
            @Nullable Boolean dhcpEnabled,
            @Nullable Boolean ipSyncEnabled,
            @Nullable String ipAddress,
            @Nullable String subnetMask,
            @Nullable String defaultGateway,
            @Nullable String primaryDNS,
            @Nullable String secondaryDNS) {
        boolean isStatic() {
            return Stream.of(ipAddress, subnetMask, defaultGateway, primaryDNS, secondaryDNS)
                    .anyMatch(text -> text != null && !text.isEmpty());
        }
    }

    /** Who owns the wireless link, 1 the management engine or 2 the host, and for how long. */
    record Preference(@Nullable Integer linkPreference, @Nullable Integer timeout) {}

    /** What the device returned. */
    record Preferred(int ReturnValue, String ReturnValueStr) {}

    @GetMapping("/networkSettings/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    Ports networkSettings(@PathVariable String guid) {
        Ports ports = devices.ask(guid, NetworkController::ports);
        if (ports.wired() == null && ports.wireless() == null) {
            throw Answers.problem(HttpStatus.NOT_FOUND, "Network Settings not found");
        }
        return ports;
    }

    static CompletionStage<Ports> ports(AmtCalls calls) {
        return new NetworkService(calls).ports().thenApply(Ports::of);
    }

    @GetMapping("/networkSettings/wired/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    Port wiredSettings(@PathVariable String guid) {
        return wired(devices.ask(guid, NetworkController::ports));
    }

    private static Port wired(Ports ports) {
        Port wired = ports.wired();
        if (wired == null) {
            throw Answers.problem(HttpStatus.NOT_FOUND, "Wired Network Settings not found");
        }
        return wired;
    }

    /** Changes how the wired interface gets its address. The device may come back by another. */
    @PatchMapping("/networkSettings/wired/{guid}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Status changeWired(@PathVariable String guid, @RequestBody Wired wanted) {
        new Checks()
                .that(wanted.dhcpEnabled() != null, "dhcpEnabled", "dhcpEnabled must be a boolean")
                .done();
        boolean dhcp = checked(wanted.dhcpEnabled());
        boolean sync = Boolean.TRUE.equals(wanted.ipSyncEnabled());
        if ((dhcp || sync) && wanted.isStatic()) {
            throw Answers.problem(
                    HttpStatus.BAD_REQUEST,
                    dhcp
                            ? "cannot specify static IP settings when DHCP is enabled"
                            : "cannot specify static IP settings when IP sync is enabled");
        }
        if (!dhcp && !sync && !wanted.isStatic()) {
            throw Answers.problem(
                    HttpStatus.BAD_REQUEST,
                    "must enable DHCP, enable IP sync, or provide static IP settings");
        }
        StaticAddress address = dhcp || sync ? null : address(wanted);
        return Status.of(
                devices.ask(
                        guid,
                        calls -> {
                            NetworkService network = new NetworkService(calls);
                            if (dhcp) {
                                return network.useDhcp(PortSettings.WIRED);
                            }
                            return address == null
                                    ? network.change(
                                            PortSettings.WIRED, NetworkController::synchronize)
                                    : network.useStatic(PortSettings.WIRED, address);
                        }));
    }

    private static Element synchronize(Element read) {
        return read.with("DHCPEnabled", false)
                .with("IpSyncEnabled", true)
                .with("SharedStaticIp", true)
                .without(
                        Set.of(
                                "IPAddress",
                                "SubnetMask",
                                "DefaultGateway",
                                "PrimaryDNS",
                                "SecondaryDNS"));
    }

    private static StaticAddress address(Wired wanted) {
        String secondary = wanted.secondaryDNS();
        try {
            return new StaticAddress(
                    orEmpty(wanted.ipAddress()),
                    orEmpty(wanted.subnetMask()),
                    orEmpty(wanted.defaultGateway()),
                    orEmpty(wanted.primaryDNS()),
                    orEmpty(secondary));
        } catch (IllegalArgumentException e) {
            throw Answers.invalid(Invalid.inBody("ipAddress", String.valueOf(e.getMessage())));
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    @PostMapping("/network/linkPreference/{guid}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Preferred preferLink(@PathVariable String guid, @RequestBody Preference wanted) {
        Integer owner = wanted.linkPreference();
        Integer timeout = wanted.timeout();
        new Checks()
                .that(
                        owner != null && (owner == 1 || owner == 2),
                        "linkPreference",
                        "linkPreference must be 1 (ME) or 2 (HOST)")
                .that(
                        timeout != null && timeout >= 0 && timeout <= 0xFFFF,
                        "timeout",
                        "timeout must be a non-negative integer")
                .done();
        NetworkService.LinkOwner[] owners = NetworkService.LinkOwner.values();
        Confirmation done =
                devices.ask(
                        guid,
                        calls ->
                                new NetworkService(calls)
                                        .preferLink(owners[checked(owner) - 1], checked(timeout)));
        return new Preferred(
                0, done == Confirmation.CONFIRMED ? "SUCCESS" : Confirmation.UNCONFIRMED.name());
    }
}
