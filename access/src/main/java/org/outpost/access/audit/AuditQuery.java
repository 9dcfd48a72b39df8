package org.outpost.access.audit;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Which entries to show. All conditions hold together.
 *
 * @param tenants whose entries; null for all. An asker who belongs to tenants must never get null
 * @param from not before this time; null for the beginning
 * @param to before this time; null for now
 * @param user by this user exactly; null for all
 * @param device about this device; null for all
 * @param action this action, or with a dot at its end all that begin so ({@code power.}); null for
 *     all
 * @param results with one of these results; empty for all
 * @param text which contain this text in target, reason, ticket, status or details, upper and lower
 *     case alike in ASCII; null for all
 * @param before older than the entry with this number, to turn pages; null for the newest
 * @param top how many at most, 1 to {@value #MOST}
 */
public record AuditQuery(
        @Nullable Set<String> tenants,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String user,
        @Nullable UUID device,
        @Nullable String action,
        Set<AuditResult> results,
        @Nullable String text,
        @Nullable Long before,
        int top) {
    /** How many entries a page may have. */
    public static final int MOST = 1_000;

    /** The newest hundred of all. */
    public static final AuditQuery NEWEST =
            new AuditQuery(null, null, null, null, null, null, Set.of(), null, null, 100);

    /**
     * Checks.
     *
     * @throws IllegalArgumentException when top is out of its range
     */
    public AuditQuery {
        if (top < 1 || top > MOST) {
            throw new IllegalArgumentException("a page has 1 to " + MOST + " entries, not " + top);
        }
        tenants = tenants == null ? null : Set.copyOf(tenants);
        results = Set.copyOf(results);
    }

    /** The same for some tenants. */
    public AuditQuery within(Set<String> some) {
        return new AuditQuery(some, from, to, user, device, action, results, text, before, top);
    }

    /** The same in a span of time. */
    public AuditQuery between(@Nullable Instant start, @Nullable Instant end) {
        return new AuditQuery(
                tenants, start, end, user, device, action, results, text, before, top);
    }

    /** The same by one user. */
    public AuditQuery by(String name) {
        return new AuditQuery(tenants, from, to, name, device, action, results, text, before, top);
    }

    /** The same about one device. */
    public AuditQuery about(UUID which) {
        return new AuditQuery(tenants, from, to, user, which, action, results, text, before, top);
    }

    /** The same with an action, or all whose names begin so when it ends with a dot. */
    public AuditQuery doing(String verb) {
        return new AuditQuery(tenants, from, to, user, device, verb, results, text, before, top);
    }

    /** The same with some results. */
    public AuditQuery ending(Set<AuditResult> outcomes) {
        return new AuditQuery(tenants, from, to, user, device, action, outcomes, text, before, top);
    }

    /** The same with a text in them. */
    public AuditQuery containing(String words) {
        return new AuditQuery(tenants, from, to, user, device, action, results, words, before, top);
    }

    /** Another page of the same. */
    public AuditQuery page(@Nullable Long olderThan, int most) {
        return new AuditQuery(
                tenants, from, to, user, device, action, results, text, olderThan, most);
    }
}
