package org.outpost.server.configuration;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Range;

import java.nio.file.Path;

/** The log of connections: a file of its own, for programs. */
public record ConnectionLogSettings(
        @Doc("Whether it is written.") @Default("true") boolean enabled,
        @Doc(
                        "The file. Without it: `connections.log` under `data-dir`. Former files lie"
                            + " beside it, compressed, with their day and a number in the name.")
                @Nullable Path file,
        @Doc(
                        "How large the file may grow before another is begun, in MiB; each day"
                                + " begins one too.")
                @Default("20")
                @Range(min = 1, max = 2000)
                int size,
        @Doc("For how many days former files are kept.") @Default("90") @Range(min = 1, max = 3650)
                int days,
        @Doc("How large all former files may be together, in MiB; the oldest make room.")
                @Default("1000")
                @Range(min = 1, max = 1000000)
                int totalSize) {}
