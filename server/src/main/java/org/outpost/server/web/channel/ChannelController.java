package org.outpost.server.web.channel;

import org.outpost.access.right.Caller;
import org.outpost.access.right.DeviceTraits;
import org.outpost.access.right.Verb;
import org.outpost.gateway.channel.ChannelInfo;
import org.outpost.gateway.channel.ChannelUse;
import org.outpost.gateway.channel.OpenChannels;
import org.outpost.gateway.tunnel.Presence;
import org.outpost.gateway.tunnel.TunnelInfo;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Listing;
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

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Who talks to which device now. */
@RestController
@RequestMapping("/api/v1/channels")
public final class ChannelController {
    private static final int MOST = 1000;

    private final OpenChannels channels;
    private final Presence presence;
    private final Function<UUID, DeviceTraits> devices;

    /**
     * Shows these.
     *
     * @param presence knows what devices are called
     * @param devices what rights to a device depend on
     */
    public ChannelController(
            OpenChannels channels, Presence presence, Function<UUID, DeviceTraits> devices) {
        this.channels = channels;
        this.presence = presence;
        this.devices = devices;
    }

    @GetMapping
    @Needs(value = Verb.VIEW, over = Needs.Over.SOME)
    Listing<ChannelView> channels(
            @RequestParam(defaultValue = "") String guid,
            @RequestParam(defaultValue = "") String user,
            @RequestParam(defaultValue = "") String door,
            @RequestParam(name = "$top", defaultValue = "100") int top,
            @RequestParam(name = "$skip", defaultValue = "0") int skip,
            Caller caller) {
        if (top < 1 || top > MOST || skip < 0) {
            throw Answers.problem(
                    HttpStatus.BAD_REQUEST, "$top must be 1 to " + MOST + " and $skip 0 or more.");
        }
        UUID device = guid.isEmpty() ? null : Answers.uuid("guid", guid);
        List<ChannelInfo> found =
                channels.channels().stream()
                        .filter(
                                one ->
                                        (device == null || one.use().device().equals(device))
                                                && (user.isEmpty() || one.use().user().equals(user))
                                                && (door.isEmpty() || one.use().door().equals(door))
                                                && may(Verb.VIEW, one, caller))
                        .toList();
        return new Listing<>(
                found.stream().skip(skip).limit(top).map(this::view).toList(), found.size());
    }

    @GetMapping("/{id}")
    @Needs(value = Verb.VIEW, over = Needs.Over.SOME)
    ChannelView channel(@PathVariable long id, Caller caller) {
        return view(find(id, caller));
    }

    /**
     * Cuts a channel. It may be another's, and what flows there is not known, so this needs more
     * than to end a session that the server knows (see {@code /sessions}).
     */
    @DeleteMapping("/{id}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.SOME)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void resetChannel(@PathVariable long id, Caller caller) {
        ChannelInfo channel = find(id, caller);
        ChannelUse use = channel.use();
        if (!use.device().equals(ChannelView.NIL)) {
            ActionNote.device(use.device());
        }
        ActionNote.detail("door", use.door());
        ActionNote.detail("port", Integer.toString(use.port()));
        ActionNote.detail("channel-user", use.user());
        if (!may(Verb.CONFIGURE, channel, caller)) {
            throw Answers.problem(
                    HttpStatus.FORBIDDEN, "This needs the right 'configure' for its device.");
        }
        if (!Answers.await(channels.reset(id))) {
            throw unknown(id);
        }
    }

    private ChannelView view(ChannelInfo channel) {
        String announced =
                channel.use().tunnel().isPresent()
                        ? presence.tunnel(channel.use().tunnel().getAsLong())
                                .map(TunnelInfo::name)
                                .orElse("")
                        : "";
        return ChannelView.of(channel, announced);
    }

    private boolean may(Verb verb, ChannelInfo channel, Caller caller) {
        return caller.may(verb, devices.apply(channel.use().device()));
    }

    private ChannelInfo find(long id, Caller caller) {
        return channels.channel(id)
                .filter(channel -> may(Verb.VIEW, channel, caller))
                .orElseThrow(() -> unknown(id));
    }

    private static ErrorResponseException unknown(long id) {
        return Answers.problem(
                HttpStatus.NOT_FOUND,
                "No channel has the number "
                        + id
                        + "; it may have been closed. See: outpost channel list");
    }
}
