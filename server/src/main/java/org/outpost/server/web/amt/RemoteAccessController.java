package org.outpost.server.web.amt;

import static org.outpost.server.web.amt.Checks.checked;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Verb;
import org.outpost.amt.operation.remoteaccess.AccessPolicy;
import org.outpost.amt.operation.remoteaccess.EnvironmentDetection;
import org.outpost.amt.operation.remoteaccess.MpsServer;
import org.outpost.amt.operation.remoteaccess.NewMpsServer;
import org.outpost.amt.operation.remoteaccess.RemoteAccessService;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.EndpointReference;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;
import org.outpost.server.web.security.Needs;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Which servers the device calls, when, and where it does not call at all. */
@RestController
@RequestMapping("/api/v1/amt/remoteAccess")
final class RemoteAccessController {
    private final AmtRequests devices;

    RemoteAccessController(AmtRequests devices) {
        this.devices = devices;
    }

    /** A server. */
    record Server(String name, String address, int port, String commonName) {
        static Server of(MpsServer read) {
            return new Server(read.name(), read.accessInfo(), read.port(), read.commonName());
        }
    }

    /** When the device calls. */
    record Policy(String name, int trigger, long tunnelLifeTime, String extendedData) {
        static Policy of(AccessPolicy read) {
            return new Policy(
                    read.name(),
                    read.trigger(),
                    read.tunnelLifeTime().orElse(0),
                    read.extendedData());
        }
    }

    /** All of it. */
    record Settings(List<Server> servers, List<Policy> policies, List<String> intranetDomains) {}

    /** A server to be called; its root certificate must be in the device first. */
    record NewServer(
            @Nullable String address,
            @Nullable Integer port,
            @Nullable String username,
            @Nullable String password,
            @Nullable String commonName) {
        @Override
        public String toString() {
            return "NewServer";
        }
    }

    /** The DNS suffixes of the networks in which the device does not call. */
    record Domains(@Nullable List<String> intranetDomains) {}

    /** The device's name of what was made. */
    record Made(String name) {}

    @GetMapping("/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    Settings remoteAccess(@PathVariable String guid) {
        return devices.ask(guid, RemoteAccessController::read);
    }

    private static CompletionStage<Settings> read(AmtCalls calls) {
        RemoteAccessService service = new RemoteAccessService(calls);
        return service.servers()
                .thenCompose(
                        servers ->
                                service.policies()
                                        .thenCombine(
                                                service.environment(),
                                                (policies, environment) ->
                                                        new Settings(
                                                                servers.stream()
                                                                        .map(Server::of)
                                                                        .toList(),
                                                                policies.stream()
                                                                        .map(Policy::of)
                                                                        .toList(),
                                                                environment.domains())));
    }

    @PostMapping("/servers/{guid}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Made addServer(@PathVariable String guid, @RequestBody NewServer wanted) {
        new Checks()
                .text(wanted.address(), "address", 256)
                .number(wanted.port(), "port", 1, 65535)
                .text(wanted.username(), "username", 16)
                .text(wanted.password(), "password", 64)
                .done();
        NewMpsServer server;
        try {
            String name = wanted.commonName();
            server =
                    new NewMpsServer(
                            checked(wanted.address()),
                            checked(wanted.port()),
                            checked(wanted.username()),
                            checked(wanted.password()),
                            name == null ? checked(wanted.address()) : name);
        } catch (IllegalArgumentException e) {
            throw Answers.invalid(Invalid.inBody("username", String.valueOf(e.getMessage())));
        }
        EndpointReference made =
                devices.ask(guid, calls -> new RemoteAccessService(calls).addServer(server));
        return new Made(made.selectors().text("Name").orElse(""));
    }

    @DeleteMapping("/servers/{guid}/{name}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Status removeServer(@PathVariable String guid, @PathVariable String name) {
        devices.ask(guid, calls -> new RemoteAccessService(calls).removeServer(name));
        return Status.SUCCESS;
    }

    @DeleteMapping("/policies/{guid}/{name}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Status removeAccessPolicy(@PathVariable String guid, @PathVariable String name) {
        devices.ask(guid, calls -> new RemoteAccessService(calls).removePolicy(name));
        return Status.SUCCESS;
    }

    @PutMapping("/environment/{guid}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Status setEnvironment(@PathVariable String guid, @RequestBody Domains wanted) {
        List<String> domains = wanted.intranetDomains();
        new Checks()
                .that(
                        domains != null
                                && domains.size() <= 5
                                && domains.stream()
                                        .allMatch(
                                                name ->
                                                        name != null
                                                                && !name.isBlank()
                                                                && name.length() <= 192),
                        "intranetDomains",
                        Checks.INVALID)
                .done();
        return Status.of(
                devices.ask(
                        guid,
                        calls -> {
                            RemoteAccessService service = new RemoteAccessService(calls);
                            return service.environment()
                                    .thenCompose(
                                            now ->
                                                    service.setEnvironment(
                                                            new EnvironmentDetection(
                                                                    checked(domains),
                                                                    now.ipv6Prefixes())));
                        }));
    }
}
