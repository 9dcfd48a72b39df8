package org.outpost.server.web.amt;

import static org.outpost.server.web.amt.Checks.checked;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Verb;
import org.outpost.amt.operation.agentpresence.AgentPresenceService;
import org.outpost.amt.operation.agentpresence.AgentWatchdog;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;
import org.outpost.server.web.security.Needs;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;
import java.util.UUID;

/** Watchdogs over programs on the PC (agent presence). */
@RestController
@RequestMapping("/api/v1/amt/watchdogs")
final class WatchdogController {
    private final AmtRequests devices;

    WatchdogController(AmtRequests devices) {
        this.devices = devices;
    }

    /** A watchdog; its state is 1 not started, 2 stopped, 4 running, 8 expired or 16 suspended. */
    record Shown(
            UUID agent, String description, int startupSeconds, int timeoutSeconds, int state) {
        static Shown of(AgentWatchdog read) {
            return new Shown(
                    read.agent(),
                    read.description(),
                    read.startupSeconds(),
                    read.timeoutSeconds(),
                    read.state().orElse(0));
        }
    }

    /** A watchdog to be made. */
    record Wanted(
            @Nullable UUID agent,
            @Nullable String description,
            @Nullable Integer startupSeconds,
            @Nullable Integer timeoutSeconds) {}

    @GetMapping("/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    List<Shown> agentWatchdogs(@PathVariable String guid) {
        return devices.ask(
                guid,
                calls ->
                        new AgentPresenceService(calls)
                                .list()
                                .thenApply(all -> all.stream().map(Shown::of).toList()));
    }

    @PostMapping("/{guid}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Status addWatchdog(@PathVariable String guid, @RequestBody Wanted wanted) {
        new Checks()
                .present(wanted.agent(), "agent")
                .text(wanted.description(), "description", 16)
                .number(wanted.startupSeconds(), "startupSeconds", 1, 65535)
                .number(wanted.timeoutSeconds(), "timeoutSeconds", 10, 65535)
                .done();
        AgentWatchdog watchdog;
        try {
            watchdog =
                    AgentWatchdog.of(
                            checked(wanted.agent()),
                            checked(wanted.description()),
                            checked(wanted.startupSeconds()),
                            checked(wanted.timeoutSeconds()));
        } catch (IllegalArgumentException e) {
            throw Answers.invalid(Invalid.inBody("agent", String.valueOf(e.getMessage())));
        }
        devices.ask(guid, calls -> new AgentPresenceService(calls).add(watchdog));
        return Status.SUCCESS;
    }

    @DeleteMapping("/{guid}/{agent}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Status removeWatchdog(@PathVariable String guid, @PathVariable String agent) {
        UUID id = Answers.uuid("agent", agent);
        devices.ask(guid, calls -> new AgentPresenceService(calls).remove(id));
        return Status.SUCCESS;
    }
}
