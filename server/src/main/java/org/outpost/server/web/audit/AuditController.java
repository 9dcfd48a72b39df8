package org.outpost.server.web.audit;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.outpost.access.AccessControl;
import org.outpost.access.audit.AuditDamagedException;
import org.outpost.access.audit.AuditDraft;
import org.outpost.access.audit.AuditExport;
import org.outpost.access.audit.AuditPage;
import org.outpost.access.audit.AuditQuery;
import org.outpost.access.audit.AuditReader;
import org.outpost.access.audit.AuditResult;
import org.outpost.access.audit.AuditRow;
import org.outpost.access.audit.SigningKeys;
import org.outpost.access.right.Caller;
import org.outpost.access.right.Verb;
import org.outpost.access.tenant.Tenant;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;
import org.outpost.server.web.security.Needs;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The audit trail, for administrators: each sees the entries of the tenants they administer. */
@RestController
@RequestMapping("/api/v1/audit")
public final class AuditController {
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");
    private static final String JSON_LINES = "application/x-ndjson";

    private final AuditReader reader;
    private final SigningKeys keys;
    private final AccessControl access;

    /** Shows what the reader reads. */
    public AuditController(AuditReader reader, SigningKeys keys, AccessControl access) {
        this.reader = reader;
        this.keys = keys;
        this.access = access;
    }

    /** An entry; docs/audit.md tells what its fields hold. */
    record View(
            long sequence,
            Instant time,
            String user,
            String method,
            String address,
            String tenant,
            String action,
            @Nullable UUID device,
            String target,
            String reason,
            String ticket,
            String result,
            String status,
            Map<String, String> details) {
        static View of(AuditRow.Good row) {
            AuditDraft what = row.what();
            return new View(
                    row.sequence(),
                    row.time(),
                    what.actor().user(),
                    what.actor().method(),
                    what.actor().address(),
                    what.tenant(),
                    what.action(),
                    what.device(),
                    what.target(),
                    what.reason(),
                    what.ticket(),
                    what.result().label(),
                    what.status(),
                    what.details());
        }
    }

    /**
     * A part of the trail, the newest first.
     *
     * @param next to be given as {@code before} for the next part; null when there is none
     */
    record Part(List<View> data, @Nullable Long next) {}

    /** The keys with which exports are verified. */
    record Keys(String pem) {}

    @GetMapping
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    Part audit(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String user,
            @RequestParam(required = false) @Nullable UUID device,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable List<String> result,
            @RequestParam(required = false) @Nullable String text,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(name = "$top", defaultValue = "100") int top,
            Caller caller) {
        if (top < 1 || top > AuditQuery.MOST) {
            throw Answers.invalid(
                    Invalid.inQuery(
                            "$top",
                            "A number from 1 to " + AuditQuery.MOST,
                            Integer.toString(top)));
        }
        AuditPage page =
                Answers.await(
                        reader.find(
                                new AuditQuery(
                                        tenants(caller),
                                        time("from", from),
                                        time("to", to),
                                        user,
                                        device,
                                        action,
                                        results(result),
                                        text,
                                        before,
                                        top)));
        return new Part(page.entries().stream().map(View::of).toList(), page.next());
    }

    /** The whole trail as JSON lines that can be verified elsewhere. */
    @GetMapping("/export")
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    void exportAudit(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            Caller caller,
            HttpServletResponse response)
            throws IOException {
        Instant start = time("from", from);
        Instant end = time("to", to);
        Set<String> tenants = tenants(caller);
        response.setContentType(JSON_LINES);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"outpost-audit.jsonl\"");
        try {
            new AuditExport(reader, keys, Clock.systemUTC())
                    .write(
                            start == null ? Instant.EPOCH : start,
                            end == null ? Instant.now().plusSeconds(1) : end,
                            // None stands for all; nobody comes here who administers no tenant.
                            tenants == null ? Set.of() : tenants,
                            response.getOutputStream());
        } catch (AuditDamagedException e) {
            // What was written so far has no seal, by which it is known not to be whole.
            throw new IOException("the audit trail is damaged", e);
        }
    }

    @GetMapping(path = "/keys", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    Keys auditKeys() {
        return new Keys(keys.trusted().pem());
    }

    /** Whose entries the caller may see; null for all. */
    private @Nullable Set<String> tenants(Caller caller) {
        if (caller.mayEverywhere(Verb.ADMIN)) {
            return null;
        }
        Set<String> tenants =
                Stream.concat(
                                Stream.of(AccessControl.PROVIDER),
                                access.tenants().stream().map(Tenant::name))
                        .filter(tenant -> caller.mayThroughout(Verb.ADMIN, tenant))
                        .collect(Collectors.toSet());
        if (tenants.isEmpty()) {
            throw Answers.problem(
                    HttpStatus.FORBIDDEN, "This needs the right 'admin' for a whole tenant.");
        }
        return tenants;
    }

    private static @Nullable Instant time(String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant time = Instant.parse(text);
            if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST)) {
                throw new DateTimeParseException("out of range", text, 0);
            }
            return time;
        } catch (DateTimeParseException e) {
            throw Answers.invalid(
                    Invalid.inQuery(field, "A time such as 2026-01-31T15:40:00Z", text));
        }
    }

    private static Set<AuditResult> results(@Nullable List<String> labels) {
        if (labels == null) {
            return Set.of();
        }
        try {
            return labels.stream().map(AuditResult::of).collect(Collectors.toSet());
        } catch (IllegalArgumentException e) {
            throw Answers.invalid(
                    Invalid.inQuery(
                            "result",
                            "One of allowed, done, denied, failed",
                            String.join(",", labels)));
        }
    }
}
