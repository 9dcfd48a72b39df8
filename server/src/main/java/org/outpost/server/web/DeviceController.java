package org.outpost.server.web;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.tunnel.DeviceRegister;
import org.outpost.gateway.tunnel.KnownDevice;
import org.outpost.gateway.tunnel.Presence;
import org.outpost.gateway.tunnel.TunnelInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/** The devices that are known, and whether they are connected. */
@RestController
@RequestMapping("/api/v1/devices")
final class DeviceController {
    private static final Logger log = LoggerFactory.getLogger(DeviceController.class);
    private static final int MOST = 1000;

    private final DeviceRegister register;
    private final Presence presence;

    DeviceController(DeviceRegister register, Presence presence) {
        this.register = register;
        this.presence = presence;
    }

    @GetMapping
    Listing<DeviceView> list(
            @RequestParam(defaultValue = "") String search,
            @RequestParam(required = false) @Nullable Boolean connected,
            @RequestParam(name = "$top", defaultValue = "100") int top,
            @RequestParam(name = "$skip", defaultValue = "0") int skip) {
        if (top < 1 || top > MOST || skip < 0) {
            throw Answers.problem(
                    HttpStatus.BAD_REQUEST, "$top must be 1 to " + MOST + " and $skip 0 or more.");
        }
        Predicate<UUID> which =
                connected == null
                        ? _ -> true
                        : id -> presence.tunnelOf(id).isPresent() == connected;
        DeviceRegister.Page page =
                Answers.await(register.list(new DeviceRegister.Query(search, which, skip, top)));
        List<DeviceView> devices =
                page.devices().stream()
                        .map(
                                device ->
                                        DeviceView.inList(
                                                device,
                                                presence.tunnelOf(device.key().id()).orElse(null)))
                        .toList();
        return new Listing<>(devices, page.total());
    }

    @DeleteMapping("/{guid}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void forget(@PathVariable UUID guid, @RequestParam(defaultValue = "false") boolean force) {
        TunnelInfo tunnel = presence.tunnelOf(guid).orElse(null);
        if (tunnel != null && !force) {
            throw Answers.problem(
                    HttpStatus.CONFLICT,
                    "The device is connected, by its credential "
                            + tunnel.principal()
                            + "; with force its tunnel is ended first.");
        }
        if (tunnel != null) {
            Answers.await(presence.reset(tunnel.id()));
        }
        if (!Answers.await(register.forget(guid))) {
            throw Answers.problem(HttpStatus.NOT_FOUND, "No device has this UUID.");
        }
        log.atInfo().addKeyValue("device", guid).log("a device was forgotten, by an operator");
    }

    @GetMapping("/{guidOrName}")
    DeviceView show(@PathVariable String guidOrName) {
        List<KnownDevice> found = Answers.await(register.find(guidOrName));
        if (found.isEmpty()) {
            throw Answers.problem(
                    HttpStatus.NOT_FOUND,
                    "No device has this name or UUID; list the known ones with: outpost device"
                            + " list");
        }
        List<KnownDevice> connected =
                found.stream()
                        .filter(device -> presence.tunnelOf(device.key().id()).isPresent())
                        .toList();
        KnownDevice one;
        if (found.size() == 1) {
            one = found.getFirst();
        } else if (connected.size() == 1) {
            one = connected.getFirst();
        } else {
            throw Answers.problem(
                    HttpStatus.CONFLICT,
                    "Several devices have this name; use the UUID of one: "
                            + String.join(
                                    ", ",
                                    found.stream()
                                            .map(device -> device.key().id().toString())
                                            .toList()));
        }
        return DeviceView.alone(one, presence.tunnelOf(one.key().id()).orElse(null));
    }
}
