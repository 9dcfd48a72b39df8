package org.outpost.inventory.recording;

import org.jspecify.annotations.Nullable;

import java.util.UUID;
import java.util.function.Predicate;

/**
 * Which recordings are asked for.
 *
 * @param device of this one alone; null for all
 * @param user of this one alone; null for all
 * @param seen what of these is seen; asked on threads of the database, must not block
 * @param top at most so many, 0 or more
 * @param skip how many to leave out at the start, 0 or more
 */
public record RecordingQuery(
        @Nullable UUID device,
        @Nullable String user,
        Predicate<Recording> seen,
        int top,
        int skip) {}
