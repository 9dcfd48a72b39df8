package org.outpost.server.configuration;

import org.outpost.server.configuration.binding.Change;
import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Live;

import java.util.Map;

/** What is logged, and how. */
public record LoggingSettings(
        @Doc("Lines for people, or one JSON object a line for programs.") @Default("text")
                LogFormat format,
        @Doc("What is logged.") @Default("info") @Live(Change.API) LogLevel level,
        @Doc(
                        "Levels for parts of the server, by logger: `{ org.outpost.gateway: debug"
                                + " }`. `outpost log-level` changes them at run time. What prints"
                                + " passwords and tokens of requests (`org.eclipse.jetty`)"
                                + " stays at `info` or above.")
                @Live(Change.API)
                Map<String, LogLevel> levels,
        @Doc("The log of connections, which `outpost report` reads: one JSON object a line.")
                ConnectionLogSettings connections) {}
