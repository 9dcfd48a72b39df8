package org.outpost.server.web.job;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Caller;
import org.outpost.access.right.Verb;
import org.outpost.inventory.job.DeviceQuery;
import org.outpost.inventory.job.DeviceState;
import org.outpost.inventory.job.Job;
import org.outpost.inventory.job.JobDevice;
import org.outpost.inventory.job.JobRefusedException;
import org.outpost.inventory.job.JobRunner;
import org.outpost.inventory.job.JobStore;
import org.outpost.inventory.job.JobTemplate;
import org.outpost.inventory.job.NewJob;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;
import org.outpost.server.web.Listing;
import org.outpost.server.web.audit.ActionAudit;
import org.outpost.server.web.audit.ActionNote;
import org.outpost.server.web.security.Needs;
import org.outpost.server.web.security.SignedIn;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One thing done to many devices. A job is seen, and can be cancelled, by whoever started it and by
 * administrators of their tenant; to others it does not exist.
 */
@RestController
@RequestMapping("/api/v1/jobs")
public final class JobController {
    private static final int MOST = 1000;
    private static final Pattern ID = Pattern.compile("[a-z0-9]{1,32}");
    private static final List<String> RETRIED = List.of("failed", "offline");

    private final JobRunner jobs;
    private final DeviceSelection devices;
    private final JobOwners owners;
    private final JobViewers viewers;

    /** Starts and shows these. */
    public JobController(
            JobRunner jobs, DeviceSelection devices, JobOwners owners, JobViewers viewers) {
        this.jobs = jobs;
        this.devices = devices;
        this.owners = owners;
        this.viewers = viewers;
    }

    /**
     * A job that was started.
     *
     * @param devices how many it is for
     * @param denied how many of these the caller may not do this to
     */
    record Started(String id, long devices, long denied) {}

    /**
     * Which devices of a job are tried again.
     *
     * @param states in which they ended; null for failed and offline
     */
    record Again(@Nullable List<String> states) {}

    @PostMapping
    @Needs(value = Verb.VIEW, over = Needs.Over.SOME)
    @ResponseStatus(HttpStatus.CREATED)
    Started startJob(
            @RequestBody JobRequest wanted, SignedIn signedIn, HttpServletRequest request) {
        JobTemplate template =
                wanted.template(
                        request.getHeader(ActionAudit.REASON),
                        request.getHeader(ActionAudit.TICKET));
        Verb verb = verb(template);
        requireVerb(signedIn.caller(), verb);
        return start(
                template,
                "",
                devices.find(template.query(), verb, signedIn.caller()),
                signedIn,
                request);
    }

    /** The right that an action needs. */
    public static Verb verb(JobTemplate template) {
        return switch (template.action().right()) {
            case VIEW -> Verb.VIEW;
            case POWER -> Verb.POWER;
            case CONFIGURE -> Verb.CONFIGURE;
        };
    }

    /** Refuses who has the right for no device at all. */
    static void requireVerb(Caller caller, Verb verb) {
        if (!caller.maySomewhere(verb)) {
            throw Answers.problem(
                    HttpStatus.FORBIDDEN,
                    "This needs the right '"
                            + verb.text()
                            + "', which "
                            + caller.user()
                            + " does not have.");
        }
    }

    private Started start(
            JobTemplate template,
            String origin,
            DeviceSelection.Selected selected,
            SignedIn signedIn,
            HttpServletRequest request) {
        if (selected.allowed().isEmpty() && selected.denied().isEmpty()) {
            throw Answers.problem(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "No device passes this query, so there is nothing to do.");
        }
        Job job =
                Answers.await(
                                jobs.start(
                                                new NewJob(
                                                        owners.owner(
                                                                signedIn, request.getRemoteAddr()),
                                                        template,
                                                        origin,
                                                        selected.allowed(),
                                                        selected.denied()))
                                        .<Taken>thenApply(Taken.Yes::new)
                                        .exceptionally(JobController::refused))
                        .orThrow();
        ActionNote.target(job.id());
        ActionNote.detail("action", template.action().label());
        ActionNote.detail("devices", Long.toString(job.devices()));
        ActionNote.detail("denied", Integer.toString(selected.denied().size()));
        if (!template.reason().isEmpty()) {
            ActionNote.detail("reason", template.reason());
        }
        if (!template.ticket().isEmpty()) {
            ActionNote.detail("ticket", template.ticket());
        }
        return new Started(job.id(), job.devices(), selected.denied().size());
    }

    /** Whether a job was taken. */
    private sealed interface Taken {
        record Yes(Job job) implements Taken {}

        record No(String reason) implements Taken {}

        default Job orThrow() {
            return switch (this) {
                case Yes yes -> yes.job();
                case No no -> throw Answers.problem(HttpStatus.CONFLICT, no.reason());
            };
        }
    }

    private static Taken refused(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        if (cause instanceof JobRefusedException refused) {
            return new Taken.No(String.valueOf(refused.getMessage()));
        }
        throw new CompletionException(cause);
    }

    @GetMapping
    @Needs(value = Verb.VIEW, over = Needs.Over.SOME)
    Listing<JobView> jobs(
            @RequestParam(name = "$top", defaultValue = "25") int top,
            @RequestParam(name = "$skip", defaultValue = "0") int skip,
            SignedIn signedIn) {
        checkPage(top, skip, 100);
        JobStore.Page<Job> page = Answers.await(jobs.store().list(viewers.of(signedIn), top, skip));
        return new Listing<>(page.entries().stream().map(this::view).toList(), page.total());
    }

    private JobView view(Job job) {
        return JobView.of(job, Answers.await(jobs.store().counts(job)), Instant.now());
    }

    private static void checkPage(int top, int skip, int most) {
        if (top < 1 || top > most || skip < 0) {
            throw Answers.invalid(
                    top < 1 || top > most
                            ? Invalid.inQuery(
                                    "$top", "A number from 1 to " + most, Integer.toString(top))
                            : Invalid.inQuery("$skip", "A number from 0", Integer.toString(skip)));
        }
    }

    @GetMapping("/{id}")
    @Needs(value = Verb.VIEW, over = Needs.Over.SOME)
    JobView job(@PathVariable String id, SignedIn signedIn) {
        return view(seen(id, signedIn));
    }

    /** Whether this can be an id; nothing else is looked up. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private Job seen(String id, SignedIn signedIn) {
        return (isId(id) ? Answers.await(jobs.store().find(id)) : Optional.<Job>empty())
                .filter(job -> viewers.of(signedIn).sees(job.owner()))
                .orElseThrow(
                        () ->
                                Answers.problem(
                                        HttpStatus.NOT_FOUND,
                                        "No job has this id; list yours with: outpost job list"));
    }

    @GetMapping("/{id}/devices")
    @Needs(value = Verb.VIEW, over = Needs.Over.SOME)
    Listing<JobDeviceView> jobDevices(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(name = "$top", defaultValue = "100") int top,
            @RequestParam(name = "$skip", defaultValue = "0") int skip,
            SignedIn signedIn) {
        checkPage(top, skip, MOST);
        DeviceState wanted = state == null ? null : state(state, "query");
        Job job = seen(id, signedIn);
        Map<DeviceState, Long> counts = Answers.await(jobs.store().counts(job));
        List<JobDevice> part = Answers.await(jobs.store().devices(job.id(), wanted, top, skip));
        return new Listing<>(
                part.stream().map(JobDeviceView::of).toList(),
                wanted == null ? job.devices() : counts.getOrDefault(wanted, 0L));
    }

    private static DeviceState state(String label, String where) {
        return DeviceState.of(label)
                .orElseThrow(
                        () -> {
                            String message =
                                    "One of "
                                            + Arrays.stream(DeviceState.values())
                                                    .map(DeviceState::label)
                                                    .collect(Collectors.joining(", "));
                            return Answers.invalid(
                                    where.equals("query")
                                            ? Invalid.inQuery("state", message, label)
                                            : Invalid.inBody("states", message));
                        });
    }

    /** Asks no further device; those that were asked already end as they do. */
    @PostMapping("/{id}/cancel")
    @Needs(value = Verb.VIEW, over = Needs.Over.SOME)
    JobView cancelJob(@PathVariable String id, SignedIn signedIn) {
        Job job = seen(id, signedIn);
        ActionNote.target(job.id());
        if (!Answers.await(jobs.cancel(job.id()))) {
            throw Answers.problem(HttpStatus.CONFLICT, "The job has ended already.");
        }
        return view(seen(id, signedIn));
    }

    /** Starts a new job for devices of one that has ended; on the rights of who asks for it. */
    @PostMapping("/{id}/retry")
    @Needs(value = Verb.VIEW, over = Needs.Over.SOME)
    @ResponseStatus(HttpStatus.CREATED)
    Started retryJob(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable Again again,
            SignedIn signedIn,
            HttpServletRequest request) {
        List<String> labels = again == null || again.states() == null ? RETRIED : again.states();
        Answers.bounded("states", labels, DeviceState.values().length);
        List<DeviceState> states =
                labels.stream().map(label -> state(label, "body")).distinct().toList();
        Job job = seen(id, signedIn);
        ActionNote.target(job.id());
        if (job.ended() == null) {
            throw Answers.problem(
                    HttpStatus.CONFLICT, "The job has not ended; wait for its end, or cancel it.");
        }
        Verb verb = verb(job.template());
        requireVerb(signedIn.caller(), verb);
        List<UUID> which = new ArrayList<>();
        for (DeviceState state : states) {
            which.addAll(all(job, state));
        }
        if (which.isEmpty()) {
            throw Answers.problem(
                    HttpStatus.CONFLICT,
                    "No device of the job ended as " + String.join(" or ", labels) + ".");
        }
        JobTemplate template = job.template().over(DeviceQuery.of(which));
        return start(
                template,
                job.id(),
                devices.known(which, verb, signedIn.caller()),
                signedIn,
                request);
    }

    private List<UUID> all(Job job, DeviceState state) {
        List<UUID> all = new ArrayList<>();
        List<JobDevice> part;
        do {
            part = Answers.await(jobs.store().devices(job.id(), state, MOST, all.size()));
            part.forEach(device -> all.add(device.device()));
        } while (part.size() == MOST);
        return all;
    }
}
