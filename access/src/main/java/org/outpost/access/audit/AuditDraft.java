package org.outpost.access.audit;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What happened, before it has its place in the trail. Texts that are too long are cut: a trail
 * must not lose an entry because of what a stranger typed. Secrets do not belong in here.
 *
 * @param actor who
 * @param tenant whose; empty where it concerns the whole server; at most 64 characters
 * @param action the verb, such as {@code power.reset}: a lower-case letter, then at most 63 of
 *     {@code a-z 0-9 . -}
 * @param device the device's UUID, if it concerns one
 * @param target what else it concerns, such as a user's name or a file; at most 512 characters
 * @param reason why, as the actor says; at most 1,000 characters
 * @param ticket number of a ticket; at most 128 characters
 * @param result what became of it
 * @param status in which way it failed or was denied, such as a return code; at most 200 characters
 * @param details at most {@value #MOST_DETAILS}, each with a key like an action's of at most 32
 *     characters and a value of at most 256
 */
public record AuditDraft(
        Actor actor,
        String tenant,
        String action,
        @Nullable UUID device,
        String target,
        String reason,
        String ticket,
        AuditResult result,
        String status,
        SortedMap<String, String> details) {
    /** How many details an entry may have. */
    public static final int MOST_DETAILS = 16;

    private static final Pattern ACTION = Pattern.compile("[a-z][a-z0-9.-]{0,63}");
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9.-]{0,31}");

    /**
     * Makes the texts storable.
     *
     * @throws IllegalArgumentException when the action or a detail's key is not written as it must,
     *     or there are too many details
     */
    public AuditDraft {
        if (!ACTION.matcher(action).matches()) {
            throw new IllegalArgumentException(
                    "an action is a letter and at most 63 of a-z 0-9 . -, not \"" + action + "\"");
        }
        if (details.size() > MOST_DETAILS) {
            throw new IllegalArgumentException("at most " + MOST_DETAILS + " details");
        }
        tenant = AuditText.bounded(tenant, 64);
        target = AuditText.bounded(target, 512);
        reason = AuditText.bounded(reason, 1_000);
        ticket = AuditText.bounded(ticket, 128);
        status = AuditText.bounded(status, 200);
        SortedMap<String, String> kept = new TreeMap<>();
        details.forEach((key, value) -> kept.put(requireKey(key), AuditText.bounded(value, 256)));
        details = Collections.unmodifiableSortedMap(kept);
    }

    private static String requireKey(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "a detail's key is a letter and at most 31 of a-z 0-9 . -, not \""
                            + key
                            + "\"");
        }
        return key;
    }

    /** Something that was done, with nothing said about it yet. */
    public static AuditDraft of(Actor actor, String tenant, String action) {
        return new AuditDraft(
                actor, tenant, action, null, "", "", "", AuditResult.DONE, "", new TreeMap<>());
    }

    /** The same about a device. */
    public AuditDraft on(UUID which) {
        return new AuditDraft(
                actor, tenant, action, which, target, reason, ticket, result, status, details);
    }

    /** The same about something else. */
    public AuditDraft at(String what) {
        return new AuditDraft(
                actor, tenant, action, device, what, reason, ticket, result, status, details);
    }

    /** The same with the actor's reason and ticket, either of which may be empty. */
    public AuditDraft because(String why, String number) {
        return new AuditDraft(
                actor, tenant, action, device, target, why, number, result, status, details);
    }

    /** The same with what became of it. */
    public AuditDraft with(AuditResult outcome, String how) {
        return new AuditDraft(
                actor, tenant, action, device, target, reason, ticket, outcome, how, details);
    }

    /** The same with one more detail. */
    public AuditDraft detail(String key, String value) {
        SortedMap<String, String> more = new TreeMap<>(details);
        more.put(key, value);
        return with(more);
    }

    private AuditDraft with(Map<String, String> all) {
        return new AuditDraft(
                actor,
                tenant,
                action,
                device,
                target,
                reason,
                ticket,
                result,
                status,
                new TreeMap<>(all));
    }
}
