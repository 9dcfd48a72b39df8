package org.outpost.inventory.job;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * One device of a job.
 *
 * @param position its place in the job, from 0
 * @param device which one
 * @param state how far it is
 * @param code why, for programs; empty when there is nothing to say
 * @param detail why, for people
 * @param began when it was about to be asked; null before
 * @param ended when it was accounted for; null before
 */
public record JobDevice(
        long position,
        UUID device,
        DeviceState state,
        String code,
        String detail,
        @Nullable Instant began,
        @Nullable Instant ended) {}
