package org.outpost.server.web;

import org.outpost.access.right.Verb;
import org.outpost.gateway.tunnel.DeviceRegister;
import org.outpost.inventory.attempt.AddressRange;
import org.outpost.inventory.attempt.AttemptLedger;
import org.outpost.inventory.attempt.AttemptPage;
import org.outpost.inventory.attempt.AttemptQuery;
import org.outpost.server.web.security.Needs;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What became of connections to the tunnel door. */
@RestController
@RequestMapping("/api/v1/attempts")
final class AttemptController {
    private static final int MOST = 1000;

    private final AttemptLedger attempts;
    private final DeviceRegister register;

    AttemptController(AttemptLedger attempts, DeviceRegister register) {
        this.attempts = attempts;
        this.register = register;
    }

    @GetMapping
    @Needs(value = Verb.VIEW, over = Needs.Over.EVERYTHING)
    Listing<AttemptView> list(
            @RequestParam(defaultValue = "") String address,
            @RequestParam(defaultValue = "") String device,
            @RequestParam(defaultValue = "") String user,
            @RequestParam(defaultValue = "false") boolean failed,
            @RequestParam(name = "$top", defaultValue = "100") int top,
            @RequestParam(name = "$skip", defaultValue = "0") int skip) {
        if (top < 1 || top > MOST || skip < 0) {
            throw Answers.problem(
                    HttpStatus.BAD_REQUEST, "$top must be 1 to " + MOST + " and $skip 0 or more.");
        }
        AttemptQuery query = new AttemptQuery(null, "", Set.of(), user, failed, skip, top);
        if (!address.isEmpty()) {
            query = query.from(range(address));
        }
        if (!device.isEmpty()) {
            query = query.ofDevices(device, devices(device));
        }
        AttemptPage page = attempts.find(query);
        return new Listing<>(page.entries().stream().map(AttemptView::of).toList(), page.total());
    }

    private static AddressRange range(String text) {
        try {
            return AddressRange.parse(text);
        } catch (IllegalArgumentException e) {
            throw Answers.problem(
                    HttpStatus.BAD_REQUEST,
                    "address must be an IPv4 or IPv6 address, or a range such as 10.0.0.0/8 or"
                            + " 2001:db8::/32.");
        }
    }

    /** The devices that are called so, also those that were not let in when they were noted. */
    private Set<UUID> devices(String device) {
        Set<UUID> known =
                Answers.await(register.find(device)).stream()
                        .map(one -> one.key().id())
                        .collect(Collectors.toSet());
        uuid(device).ifPresent(known::add);
        return known;
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
