package org.outpost.inventory.job;

import java.util.List;
import java.util.UUID;

/**
 * A job that somebody wants.
 *
 * @param owner on whose rights it runs
 * @param template what it does
 * @param origin id of the schedule or job that it comes from; empty for none
 * @param devices to which devices, each once
 * @param denied further devices, which the owner knows of and may not do this to
 */
public record NewJob(
        JobOwner owner,
        JobTemplate template,
        String origin,
        List<UUID> devices,
        List<UUID> denied) {
    /** Takes copies. */
    public NewJob {
        devices = List.copyOf(devices);
        denied = List.copyOf(denied);
    }
}
