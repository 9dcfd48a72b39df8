package org.outpost.server.web.job;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Verb;
import org.outpost.inventory.job.JobId;
import org.outpost.inventory.job.JobTemplate;
import org.outpost.inventory.schedule.Schedule;
import org.outpost.inventory.schedule.Scheduler;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;
import org.outpost.server.web.Listing;
import org.outpost.server.web.audit.ActionAudit;
import org.outpost.server.web.audit.ActionNote;
import org.outpost.server.web.security.Needs;
import org.outpost.server.web.security.SignedIn;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Jobs that start by the clock. They are seen by whom their jobs are seen by. */
@RestController
@RequestMapping("/api/v1/schedules")
public final class ScheduleController {
    private static final int MOST = 200;
    private static final int MOST_NAMED = 1_000;
    private static final int LONGEST_NAME = 100;

    private final Scheduler schedules;
    private final DeviceSelection devices;
    private final JobOwners owners;
    private final JobViewers viewers;
    private final JobId ids = new JobId();

    /** Makes and shows these. */
    public ScheduleController(
            Scheduler schedules, DeviceSelection devices, JobOwners owners, JobViewers viewers) {
        this.schedules = schedules;
        this.devices = devices;
        this.owners = owners;
        this.viewers = viewers;
    }

    /**
     * A schedule as a client asks for it.
     *
     * @param name for people
     * @param cron minute, hour, day of the month, month and day of the week; seconds before, if any
     * @param zone of the IANA time zone database, such as {@code Europe/Vienna}; null for UTC
     * @param job as for a job that starts at once
     */
    record Wanted(
            @Nullable String name,
            @Nullable String cron,
            @Nullable String zone,
            @Nullable JobRequest job) {}

    @PostMapping
    @Needs(value = Verb.VIEW, over = Needs.Over.SOME)
    @ResponseStatus(HttpStatus.CREATED)
    ScheduleView addSchedule(
            @RequestBody Wanted wanted, SignedIn signedIn, HttpServletRequest request) {
        JobRequest job = wanted.job();
        if (job == null) {
            throw Answers.invalid(Invalid.inBody("job", "What to do, as for POST /api/v1/jobs"));
        }
        if (owners.isOfSomebodyElse(signedIn)) {
            throw Answers.problem(
                    HttpStatus.FORBIDDEN,
                    "A schedule runs on the rights that its owner has at that time, and those of a"
                            + " user of an identity provider cannot be asked for then. Make it as"
                            + " a user of this server, or with an API token of one.");
        }
        Answers.bounded("job.devices", job.devices(), MOST_NAMED);
        JobTemplate template =
                job.template(
                        request.getHeader(ActionAudit.REASON),
                        request.getHeader(ActionAudit.TICKET));
        Verb verb = JobController.verb(template);
        JobController.requireVerb(signedIn.caller(), verb);
        if (!template.query().devices().isEmpty()) {
            // Refuses what is not known.
            devices.find(template.query(), verb, signedIn.caller());
        }
        ZoneId zone = zone(wanted.zone());
        String cron = wanted.cron() == null ? "" : wanted.cron().strip();
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        Optional<Instant> next = next(cron, zone, now);
        if (next.isEmpty()) {
            throw Answers.invalid(Invalid.inBody("cron", "It is never due"));
        }
        Schedule schedule =
                new Schedule(
                        ids.next(),
                        name(wanted.name()),
                        owners.owner(signedIn, ""),
                        template,
                        cron,
                        zone,
                        now,
                        false,
                        next.get(),
                        null);
        if (!Answers.await(schedules.store().add(schedule, MOST))) {
            throw Answers.problem(
                    HttpStatus.CONFLICT,
                    "There are " + MOST + " schedules already; remove some first.");
        }
        ActionNote.target(schedule.id());
        ActionNote.detail("action", template.action().label());
        ActionNote.detail("cron", cron);
        return ScheduleView.of(schedule);
    }

    private Optional<Instant> next(String cron, ZoneId zone, Instant now) {
        try {
            return schedules.timetable().next(cron, zone, now);
        } catch (IllegalArgumentException e) {
            throw Answers.invalid(Invalid.inBody("cron", String.valueOf(e.getMessage())));
        }
    }

    private static ZoneId zone(@Nullable String name) {
        try {
            return ZoneId.of(name == null ? "UTC" : name);
        } catch (DateTimeException e) {
            throw Answers.invalid(
                    Invalid.inBody("zone", "A time zone such as Europe/Vienna or UTC"));
        }
    }

    private static String name(@Nullable String wanted) {
        String name = wanted == null ? "" : wanted.strip();
        if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw Answers.invalid(
                    Invalid.inBody("name", "One line of at most " + LONGEST_NAME + " characters"));
        }
        return name;
    }

    @GetMapping
    @Needs(value = Verb.VIEW, over = Needs.Over.SOME)
    Listing<ScheduleView> schedules(SignedIn signedIn) {
        List<Schedule> all = Answers.await(schedules.store().list(viewers.of(signedIn), 5 * MOST));
        return new Listing<>(all.stream().map(ScheduleView::of).toList(), all.size());
    }

    @GetMapping("/{id}")
    @Needs(value = Verb.VIEW, over = Needs.Over.SOME)
    ScheduleView schedule(@PathVariable String id, SignedIn signedIn) {
        return ScheduleView.of(seen(id, signedIn));
    }

    private Schedule seen(String id, SignedIn signedIn) {
        return (JobController.isId(id)
                        ? Answers.await(schedules.store().find(id))
                        : Optional.<Schedule>empty())
                .filter(schedule -> viewers.of(signedIn).sees(schedule.owner()))
                .orElseThrow(
                        () ->
                                Answers.problem(
                                        HttpStatus.NOT_FOUND,
                                        "No schedule has this id; list yours with: outpost"
                                                + " schedule list"));
    }

    /** Takes a schedule out; jobs that it started go on. */
    @DeleteMapping("/{id}")
    @Needs(value = Verb.VIEW, over = Needs.Over.SOME)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeSchedule(@PathVariable String id, SignedIn signedIn) {
        Schedule schedule = seen(id, signedIn);
        Answers.await(schedules.store().remove(schedule.id()));
    }

    @PostMapping("/{id}/pause")
    @Needs(value = Verb.VIEW, over = Needs.Over.SOME)
    ScheduleView pauseSchedule(@PathVariable String id, SignedIn signedIn) {
        Schedule schedule = seen(id, signedIn);
        Answers.await(schedules.store().pause(schedule.id(), true, null));
        return ScheduleView.of(seen(id, signedIn));
    }

    /** Lets a schedule go on; what was due meanwhile is left out. */
    @PostMapping("/{id}/resume")
    @Needs(value = Verb.VIEW, over = Needs.Over.SOME)
    ScheduleView resumeSchedule(@PathVariable String id, SignedIn signedIn) {
        Schedule schedule = seen(id, signedIn);
        if (schedule.paused()) {
            Instant next = next(schedule.cron(), schedule.zone(), Instant.now()).orElse(null);
            Answers.await(schedules.store().pause(schedule.id(), false, next));
        }
        return ScheduleView.of(seen(id, signedIn));
    }
}
