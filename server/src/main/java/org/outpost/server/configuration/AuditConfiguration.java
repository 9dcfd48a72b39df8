package org.outpost.server.configuration;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Range;

import java.nio.file.Path;
import java.time.Duration;

/** What was done, by whom: copies of the audit trail, and how long it is kept (docs/audit.md). */
public record AuditConfiguration(
        @Doc("A file that each entry is appended to as a line of JSON. Without it: none.")
                @Nullable Path file,
        @Doc(
                        "Where each entry is sent by syslog (RFC 5424): `unix:/dev/log`,"
                                + " `udp:HOST:PORT` or `tcp:HOST:PORT`. Without it: nowhere.")
                @Nullable String syslog,
        @Doc(
                        "How long entries are kept; older ones go at checkpoints, so that what is"
                                + " left can still be verified.")
                @Default("3650d")
                @Range(min = 86_400_000L, max = 3_153_600_000_000L)
                Duration keep) {}
