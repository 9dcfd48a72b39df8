package org.outpost.server.configuration;

import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Range;

import java.time.Duration;

/** Limits of bulk jobs. */
public record JobsConfiguration(
        @Doc("How many devices are asked at once, over all jobs; these take turns.")
                @Default("256")
                @Range(min = 1, max = 4096)
                int parallel,
        @Doc("How many jobs of one tenant may run.") @Default("50") @Range(min = 1, max = 1000)
                int perTenant,
        @Doc("How many devices a job may have.") @Default("100000") @Range(min = 1, max = 1000000)
                int devices,
        @Doc("For how long a job and its results are kept after its end.")
                @Default("30d")
                @Range(min = 3600000, max = 315360000000L)
                Duration keep,
        @Doc(
                        "For how long, after a start of the server, the devices of jobs that were"
                            + " running are waited for. Firmware that lost its tunnel tries twice"
                            + " within a quarter of a minute, and again after a quarter of an"
                            + " hour.")
                @Default("20m")
                @Range(min = 0, max = 86400000)
                Duration returnWithin) {}
