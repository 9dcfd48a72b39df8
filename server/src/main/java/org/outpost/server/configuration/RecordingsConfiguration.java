package org.outpost.server.configuration;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Range;

import java.nio.file.Path;
import java.time.Duration;

/** Recordings of the text consoles of those whose role says so (docs/recordings.md). */
public record RecordingsConfiguration(
        @Doc(
                        "The folder of the files; made when it is needed, for its owner alone."
                                + " Without it: `recordings` in the data folder.")
                @Nullable Path directory,
        @Doc("For how long a recording is kept after its end.")
                @Default("90d")
                @Range(min = 3_600_000L, max = 3_153_600_000_000L)
                Duration keep,
        @Doc(
                        "How many MiB all recordings together may take. When they do, consoles that"
                                + " must be recorded are refused, and those that are open end.")
                @Default("10240")
                @Range(min = 1, max = 1_073_741_824)
                int largest) {}
