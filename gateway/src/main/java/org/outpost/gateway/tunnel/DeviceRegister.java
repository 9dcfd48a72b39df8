package org.outpost.gateway.tunnel;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * The devices that we know, and what binds each to its credential. A port: the data plane asks,
 * {@code inventory} answers. No method blocks its caller, so all may be called on an event loop;
 * the stages complete on any thread, also on the caller's.
 */
public interface DeviceRegister {
    /**
     * Decides about a device whose credentials were found good, and records it when it is new
     * (protocol/README 1). First sight binds UUID and credential for good (design §5). What was
     * admitted for the first time is on disk before the stage completes.
     *
     * <p>When the database is gone, devices that were known at the last start or have been seen
     * since are answered as always. Others are admitted, kept in memory and recorded later, when
     * unknown devices are admitted at all; when too many wait already, they get {@link
     * Admission.Cause#REGISTER_UNAVAILABLE}.
     *
     * @return completes within a few seconds and never exceptionally
     */
    CompletionStage<Admission> admit(Claim claim);

    /**
     * Takes down the name that an admitted device announced. Cheap, and free when the name is the
     * one it had.
     *
     * @param name a plausible host name (protocol/README 2), at most 255 characters
     */
    void named(DeviceKey key, String name);

    /**
     * Takes down a sign of life. Cheap: kept in memory and written in batches, so it may be called
     * at each keep-alive.
     */
    void seen(DeviceKey key, Instant time);

    /**
     * Forgets a device and what it was bound to: its next call is a first sight.
     *
     * @param id its {@link DeviceKey#id()}
     * @return whether it was known, when that is on disk; exceptionally when the register cannot be
     *     written
     */
    CompletionStage<Boolean> forget(UUID id);

    /**
     * Finds devices by what a console typed.
     *
     * @param nameOrUuid a UUID (ours or, for a junk UUID, the announced one), or a name. Names are
     *     compared without regard to case or a trailing dot: with a dot in it the whole name,
     *     without one the first label of each
     * @return at most 100 devices, the one seen last first; exceptionally when the register cannot
     *     be read
     */
    CompletionStage<List<KnownDevice>> find(String nameOrUuid);

    /**
     * Lists devices in the order of their names, those without a name last.
     *
     * @return exceptionally when the register cannot be read
     */
    CompletionStage<Page> list(Query query);

    /**
     * Which devices to list.
     *
     * @param text only devices whose name, UUID or credential contains it, without regard to case;
     *     empty for all
     * @param which only devices whose {@link DeviceKey#id()} passes: for instance those connected.
     *     Called on a thread of the register
     * @param skip how many to leave out at the start, 0 or more
     * @param top how many to return at most, 1 to 1000
     */
    record Query(String text, Predicate<UUID> which, int skip, int top) {
        /** Holds the ranges. */
        public Query {
            if (skip < 0) {
                throw new IllegalArgumentException("skip is " + skip + ", expected 0 or more");
            }
            if (top < 1 || top > 1000) {
                throw new IllegalArgumentException("top is " + top + ", expected 1 to 1000");
            }
        }
    }

    /**
     * A part of the list.
     *
     * @param total how many devices the query matches
     */
    record Page(List<KnownDevice> devices, long total) {
        /** Keeps its own copy. */
        public Page {
            devices = List.copyOf(devices);
        }
    }
}
