package org.outpost.inventory.schedule;

import org.jdbi.v3.core.Handle;

import java.util.Optional;

/** Starts the job of a schedule. A port. */
@FunctionalInterface
public interface JobStarter {
    /**
     * Starts it, on what its owner may do now. May block.
     *
     * @param claim taken in the transaction that makes the job count, so that a due time has one
     *     job at most, and a job that counts has taken its due time
     * @return why no job can be started; empty when one was, or another one was before
     * @throws RuntimeException when it is not known; it is tried again
     */
    Optional<String> start(Schedule schedule, Claim claim);

    /** The right to act for a due time. */
    @FunctionalInterface
    interface Claim {
        /** Takes it; says whether it was there to be taken. */
        boolean take(Handle handle, String job);
    }
}
