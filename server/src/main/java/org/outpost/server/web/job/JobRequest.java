package org.outpost.server.web.job;

import org.jspecify.annotations.Nullable;
import org.outpost.inventory.job.DeviceQuery;
import org.outpost.inventory.job.JobAction;
import org.outpost.inventory.job.JobTemplate;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A job as a client asks for it. Everything that says which devices narrows them; at least one of
 * it must be given, so that a field that was forgotten does not mean all devices.
 *
 * @param devices UUIDs
 * @param tags which the devices bear
 * @param method {@code AND} when they must bear all of the tags (the default), {@code OR} for one
 * @param search what name, UUID or credential contains
 * @param connected only devices that are connected now
 * @param all all devices that pass the rest
 * @param action its name, or Open DMT's number of a power action
 * @param parallelism to how many devices at once; null for 16
 * @param deadlineSeconds for one device; null for 60
 * @param waitSeconds for how long offline devices are waited for; null for not at all
 * @param reason why; null for the request field X-Outpost-Reason
 * @param ticket number of a ticket; null for the request field X-Outpost-Ticket
 */
record JobRequest(
        @Nullable List<String> devices,
        @Nullable List<String> tags,
        @Nullable String method,
        @Nullable String search,
        @Nullable Boolean connected,
        @Nullable Boolean all,
        @Nullable String action,
        @Nullable Integer parallelism,
        @Nullable Long deadlineSeconds,
        @Nullable Long waitSeconds,
        @Nullable String reason,
        @Nullable String ticket) {
    private static final int MOST_NAMED = 25_000;
    private static final int MOST_TAGS = 100;
    private static final int LONGEST_TAG = 64;
    private static final int LONGEST_SEARCH = 255;
    private static final int LONGEST_REASON = 1_000;
    private static final int LONGEST_TICKET = 128;

    /**
     * Checks everything, so that a caller hears of all that is wrong at once.
     *
     * @param usualReason where the body has none; may be null
     * @param usualTicket where the body has none; may be null
     * @throws org.springframework.web.ErrorResponseException 400
     */
    JobTemplate template(@Nullable String usualReason, @Nullable String usualTicket) {
        Answers.bounded("devices", devices, MOST_NAMED);
        Answers.bounded("tags", tags, MOST_TAGS);
        List<Invalid> wrong = new ArrayList<>();
        List<UUID> named = uuids(wrong);
        Set<String> wantedTags = tags == null ? Set.of() : new LinkedHashSet<>(tags);
        JobAction wanted = action(wrong);
        String why = text(wrong, "reason", reason == null ? usualReason : reason, LONGEST_REASON);
        String number =
                text(wrong, "ticket", ticket == null ? usualTicket : ticket, LONGEST_TICKET);
        String part = text(wrong, "search", search, LONGEST_SEARCH);
        wantedTags.forEach(tag -> text(wrong, "tags", tag, LONGEST_TAG));
        if (method != null && !method.equals("AND") && !method.equals("OR")) {
            wrong.add(Invalid.inBody("method", "AND or OR"));
        }
        if (named.isEmpty()
                && wantedTags.isEmpty()
                && part.isEmpty()
                && !Boolean.TRUE.equals(all)
                && wrong.isEmpty()) {
            wrong.add(
                    Invalid.inBody(
                            "devices",
                            "Say which devices: by devices, tags or search; or \"all\": true"));
        }
        int parallel = parallelism == null ? JobTemplate.USUAL_PARALLEL : parallelism;
        long deadline = deadlineSeconds == null ? JobTemplate.USUAL.toSeconds() : deadlineSeconds;
        long waiting = waitSeconds == null ? 0 : waitSeconds;
        range(wrong, "parallelism", parallel, 1, JobTemplate.MOST_PARALLEL);
        range(
                wrong,
                "deadlineSeconds",
                deadline,
                JobTemplate.SHORTEST.toSeconds(),
                JobTemplate.LONGEST.toSeconds());
        range(wrong, "waitSeconds", waiting, 0, JobTemplate.LONGEST_WAITING.toSeconds());
        if (!wrong.isEmpty() || wanted == null) {
            throw Answers.invalid(wrong.toArray(Invalid[]::new));
        }
        return new JobTemplate(
                new DeviceQuery(
                        named,
                        wantedTags,
                        !"OR".equals(method),
                        part,
                        Boolean.TRUE.equals(connected)),
                wanted,
                parallel,
                Duration.ofSeconds(deadline),
                Duration.ofSeconds(waiting),
                why,
                number);
    }

    private @Nullable JobAction action(List<Invalid> wrong) {
        JobAction known = action == null ? null : JobAction.of(action).orElse(null);
        if (known == null) {
            wrong.add(
                    Invalid.inBody(
                            "action",
                            "One of "
                                    + JobAction.labels()
                                    + "; or the number of a power action. Erasing disks and HTTPS"
                                    + " boot are asked of one device at a time"));
        }
        return known;
    }

    private List<UUID> uuids(List<Invalid> wrong) {
        List<UUID> found = new ArrayList<>();
        for (String text : devices == null ? List.<String>of() : devices) {
            try {
                if (text.length() != 36) {
                    throw new IllegalArgumentException("not a UUID");
                }
                found.add(UUID.fromString(text));
            } catch (IllegalArgumentException e) {
                wrong.add(Invalid.inBody("devices", "UUIDs of devices"));
                return List.of();
            }
        }
        return found;
    }

    private static String text(
            List<Invalid> wrong, String field, @Nullable String value, int longest) {
        String text = value == null ? "" : value.strip();
        if (text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            wrong.add(Invalid.inBody(field, "One line of at most " + longest + " characters"));
        }
        return text;
    }

    private static void range(
            List<Invalid> wrong, String field, long value, long least, long most) {
        if (value < least || value > most) {
            wrong.add(Invalid.inBody(field, "A number from " + least + " to " + most));
        }
    }
}
