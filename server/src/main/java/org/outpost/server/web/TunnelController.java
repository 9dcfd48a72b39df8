package org.outpost.server.web;

import org.outpost.access.right.Caller;
import org.outpost.access.right.DeviceTraits;
import org.outpost.access.right.Verb;
import org.outpost.gateway.tunnel.Presence;
import org.outpost.gateway.tunnel.TunnelInfo;
import org.outpost.server.web.audit.ActionNote;
import org.outpost.server.web.security.Needs;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** The tunnels that are open now. */
@RestController
@RequestMapping("/api/v1/tunnels")
final class TunnelController {
    private static final String ALL = "2147483647";

    private static final Comparator<TunnelInfo> BUSIEST =
            Comparator.comparingLong((TunnelInfo tunnel) -> tunnel.rates().sum())
                    .reversed()
                    .thenComparingLong(TunnelInfo::id);

    private final Presence presence;
    private final Function<UUID, DeviceTraits> devices;

    TunnelController(Presence presence, Function<UUID, DeviceTraits> devices) {
        this.presence = presence;
        this.devices = devices;
    }

    @GetMapping
    @Needs(value = Verb.VIEW, over = Needs.Over.SOME)
    Listing<TunnelView> tunnels(
            @RequestParam(defaultValue = "id") String sort,
            @RequestParam(name = "$top", defaultValue = ALL) int top,
            @RequestParam(name = "$skip", defaultValue = "0") int skip,
            Caller caller) {
        if (top < 1 || skip < 0) {
            throw Answers.problem(
                    HttpStatus.BAD_REQUEST, "$top must be 1 or more and $skip 0 or more.");
        }
        List<TunnelInfo> tunnels =
                presence.tunnels().stream()
                        .filter(tunnel -> caller.may(Verb.VIEW, traits(tunnel)))
                        .toList();
        return new Listing<>(
                sorted(tunnels, sort).skip(skip).limit(top).map(TunnelView::of).toList(),
                tunnels.size());
    }

    private static Stream<TunnelInfo> sorted(List<TunnelInfo> tunnels, String by) {
        return switch (by) {
            case "id" -> tunnels.stream();
            case "busiest" -> tunnels.stream().sorted(BUSIEST);
            default -> throw Answers.invalid(Invalid.inQuery("sort", "Write id or busiest", by));
        };
    }

    @GetMapping("/{id}")
    @Needs(value = Verb.VIEW, over = Needs.Over.SOME)
    TunnelView tunnel(@PathVariable long id, Caller caller) {
        return TunnelView.of(find(id, caller));
    }

    @DeleteMapping("/{id}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.SOME)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void resetTunnel(@PathVariable long id, Caller caller) {
        TunnelInfo tunnel = find(id, caller);
        ActionNote.device(tunnel.device().id());
        if (!caller.may(Verb.CONFIGURE, traits(tunnel))) {
            throw Answers.problem(
                    HttpStatus.FORBIDDEN, "This needs the right 'configure' for its device.");
        }
        if (!Answers.await(presence.reset(id))) {
            throw unknown(id);
        }
    }

    private DeviceTraits traits(TunnelInfo tunnel) {
        return devices.apply(tunnel.device().id());
    }

    private TunnelInfo find(long id, Caller caller) {
        return presence.tunnel(id)
                .filter(tunnel -> caller.may(Verb.VIEW, traits(tunnel)))
                .orElseThrow(() -> unknown(id));
    }

    private static ErrorResponseException unknown(long id) {
        return Answers.problem(
                HttpStatus.NOT_FOUND,
                "No tunnel has the number " + id + "; it may have ended. See: outpost tunnel list");
    }
}
