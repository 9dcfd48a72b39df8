package org.outpost.server.web.recording;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.outpost.access.audit.AuditDraft;
import org.outpost.access.audit.AuditResult;
import org.outpost.access.right.Caller;
import org.outpost.access.right.DeviceTraits;
import org.outpost.access.right.Verb;
import org.outpost.inventory.recording.Recording;
import org.outpost.inventory.recording.RecordingQuery;
import org.outpost.inventory.recording.RecordingStore;
import org.outpost.server.recording.Recordings;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;
import org.outpost.server.web.Listing;
import org.outpost.server.web.audit.ActionNote;
import org.outpost.server.web.security.Needs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Recordings of text consoles. They may show typed secrets, so they are for who administers the
 * device; a recording stays with the tenant whose the device was then.
 */
@RestController
@RequestMapping("/api/v1/recordings")
public final class RecordingController {
    /** Of an asciicast file (docs.asciinema.org, "asciicast v2"). */
    static final String ASCIICAST = "application/x-asciicast";

    private static final Logger log = LoggerFactory.getLogger(RecordingController.class);
    private static final int MOST = 1000;
    private static final Pattern ID = Pattern.compile("[a-z0-9]{1,32}");

    private final Recordings recordings;
    private final Function<UUID, DeviceTraits> devices;
    private final RecordingAudit audit;

    /**
     * Shows these.
     *
     * @param devices what rights to a device depend on
     */
    public RecordingController(
            Recordings recordings, Function<UUID, DeviceTraits> devices, RecordingAudit audit) {
        this.recordings = recordings;
        this.devices = devices;
        this.audit = audit;
    }

    /** Recordings, the newest first. */
    @GetMapping
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    Listing<RecordingView> recordings(
            @RequestParam(required = false) @Nullable UUID guid,
            @RequestParam(required = false) @Nullable String user,
            @RequestParam(name = "$top", defaultValue = "25") int top,
            @RequestParam(name = "$skip", defaultValue = "0") int skip,
            Caller caller) {
        if (top < 1 || top > MOST) {
            throw Answers.invalid(
                    Invalid.inQuery("$top", "A number from 1 to " + MOST, Integer.toString(top)));
        }
        if (skip < 0) {
            throw Answers.invalid(
                    Invalid.inQuery("$skip", "A number from 0", Integer.toString(skip)));
        }
        if (user != null && user.indexOf('\0') >= 0) {
            throw Answers.invalid(Invalid.inQuery("user", "A user's name", user));
        }
        RecordingStore.Page page =
                Answers.await(
                        recordings.list(
                                new RecordingQuery(
                                        guid,
                                        user,
                                        recording -> caller.may(Verb.ADMIN, traits(recording)),
                                        top,
                                        skip)));
        return new Listing<>(page.entries().stream().map(this::view).toList(), page.total());
    }

    /** Whose it was then counts; tags that it got from another tenant do not. */
    private DeviceTraits traits(Recording recording) {
        DeviceTraits now = devices.apply(recording.device());
        return now.tenant().equals(recording.tenant())
                ? now
                : new DeviceTraits(recording.device(), recording.tenant(), Set.of());
    }

    private RecordingView view(Recording recording) {
        return RecordingView.of(recording, recordings.bytes(recording));
    }

    @GetMapping("/{id}")
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    RecordingView recording(@PathVariable String id, Caller caller) {
        return view(administered(id, caller));
    }

    private Recording administered(String id, Caller caller) {
        Recording recording =
                (ID.matcher(id).matches()
                                ? Answers.await(recordings.find(id))
                                : Optional.<Recording>empty())
                        .filter(found -> caller.sees(traits(found)))
                        .orElseThrow(RecordingController::unknown);
        if (!caller.may(Verb.ADMIN, traits(recording))) {
            throw Answers.problem(
                    HttpStatus.FORBIDDEN, "This needs the right 'admin' for its device.");
        }
        return recording;
    }

    private static ErrorResponseException unknown() {
        return Answers.problem(
                HttpStatus.NOT_FOUND,
                "No recording has this id; list them with: outpost recording list");
    }

    /**
     * What was recorded, as an asciicast file; of one that runs what there is by now. Each call is
     * written down first.
     */
    @GetMapping(path = "/{id}/cast")
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    void playRecording(
            @PathVariable String id,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Recording recording = administered(id, caller);
        if (!recordings.isThere(recording)) {
            throw Answers.problem(
                    HttpStatus.GONE, "The file of this recording is gone from the server's disk.");
        }
        AuditDraft draft = RecordingAudit.draft("play-recording", recording, caller, request);
        audit.first(draft);
        response.setContentType(ASCIICAST);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"" + recording.id() + ".cast\"");
        try {
            recordings.copy(recording, response.getOutputStream());
        } catch (IOException e) {
            audit.then(draft, AuditResult.FAILED, "broke off");
            throw e;
        }
        audit.then(draft, AuditResult.DONE, "");
    }

    @DeleteMapping("/{id}")
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeRecording(@PathVariable String id, Caller caller, HttpServletRequest request) {
        Recording recording = administered(id, caller);
        ActionNote.device(recording.device());
        ActionNote.tenant(recording.tenant());
        ActionNote.detail("recorded-user", recording.user());
        if (recording.end() == null) {
            throw Answers.problem(
                    HttpStatus.CONFLICT,
                    "It is still being recorded; end its session first, see GET /api/v1/sessions.");
        }
        audit.first(RecordingAudit.draft("remove-recording", recording, caller, request));
        try {
            if (!Answers.await(recordings.remove(recording))) {
                throw unknown();
            }
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("recording", recording.id())
                    .setCause(e)
                    .log("a recording cannot be removed");
            throw Answers.problem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "The file cannot be removed; look at the server's log.");
        }
    }
}
