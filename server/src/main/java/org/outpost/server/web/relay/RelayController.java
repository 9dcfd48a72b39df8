package org.outpost.server.web.relay;

import org.outpost.access.right.Caller;
import org.outpost.access.right.DeviceTraits;
import org.outpost.access.right.Verb;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.gateway.GatewayEnd;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Listing;
import org.outpost.server.web.audit.ActionNote;
import org.outpost.server.web.security.Needs;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Which sessions of screens, text consoles and drives are open. */
@RestController
@RequestMapping("/api/v1")
public final class RelayController {
    private final RelaySessions sessions;
    private final Function<UUID, DeviceTraits> devices;

    /**
     * Shows these.
     *
     * @param devices what rights to a device depend on
     */
    public RelayController(RelaySessions sessions, Function<UUID, DeviceTraits> devices) {
        this.sessions = sessions;
        this.devices = devices;
    }

    /** As Open DMT's MPS says it. */
    record RedirectionStatus(
            boolean isKVMConnected, boolean isSOLConnected, boolean isIDERConnected) {}

    /** An open session; bytes since it began. */
    record SessionView(
            long id,
            UUID guid,
            String kind,
            String user,
            String address,
            Instant since,
            boolean recorded,
            long bytesToDevice,
            long bytesToConsole) {
        static SessionView of(RelaySession session) {
            return new SessionView(
                    session.id(),
                    session.device(),
                    session.kind().label(),
                    session.ticket().caller().user(),
                    session.address().getAddress().getHostAddress(),
                    session.since(),
                    session.recorded(),
                    session.gateway().traffic().toDevice(),
                    session.gateway().traffic().toConsole());
        }
    }

    @GetMapping("/devices/redirectstatus/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    RedirectionStatus redirectionStatus(@PathVariable String guid) {
        UUID device = Answers.uuid("guid", guid);
        return new RedirectionStatus(
                sessions.isOpen(device, RedirectionKind.KVM),
                sessions.isOpen(device, RedirectionKind.SOL),
                sessions.isOpen(device, RedirectionKind.IDER));
    }

    /** Who sees or repairs which device now. */
    @GetMapping("/sessions")
    @Needs(value = Verb.VIEW, over = Needs.Over.SOME)
    Listing<SessionView> sessions(Caller caller) {
        List<SessionView> all =
                sessions.all().stream()
                        .filter(session -> may(Verb.VIEW, session, caller))
                        .map(SessionView::of)
                        .toList();
        return new Listing<>(all, all.size());
    }

    /** Ends a session; who may redirect the device may, since one holds it at a time. */
    @DeleteMapping("/sessions/{id}")
    @Needs(value = Verb.REDIRECT, over = Needs.Over.SOME)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endSession(@PathVariable long id, Caller caller) {
        RelaySession session =
                sessions.all().stream()
                        .filter(one -> one.id() == id && may(Verb.VIEW, one, caller))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        Answers.problem(
                                                HttpStatus.NOT_FOUND,
                                                "There is no open session " + id + "."));
        ActionNote.device(session.device());
        if (!may(Verb.REDIRECT, session, caller)) {
            throw Answers.problem(
                    HttpStatus.FORBIDDEN, "This needs the right 'redirect' for its device.");
        }
        session.gateway().end(GatewayEnd.ENDED_HERE);
    }

    private boolean may(Verb verb, RelaySession session, Caller caller) {
        return caller.may(verb, devices.apply(session.device()));
    }
}
