package org.outpost.inventory.job;

import java.time.Duration;

/**
 * Limits of all jobs.
 *
 * @param parallel how many devices are asked at once, over all jobs
 * @param perTenant how many jobs of a tenant may run
 * @param devices how many devices a job may have
 * @param keep for how long a job is kept after its end
 * @param returnWithin for how long devices are waited for after a restart, whatever the job says,
 *     since their tunnels ended with the server
 */
public record JobSettings(
        int parallel, int perTenant, int devices, Duration keep, Duration returnWithin) {}
