package org.outpost.server.configuration;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.binding.Change;
import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Live;
import org.outpost.server.configuration.binding.Range;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** Who is told which devices come and go, and when. */
public record NotificationSettings(
        @Doc(
                        "Who is told. Read again when this file changes, with `egress.allow`; no"
                                + " restart. The same address goes on where it was.")
                @Live(Change.CONFIGURATION_FILE)
                List<SubscriberSettings> subscribers,
        @Doc(
                        "After a stop without notice: how long devices may take to return before"
                                + " they are told to be disconnected.")
                @Default("5m")
                @Range(min = 0, max = 86400000)
                Duration returnWithin,
        @Doc(
                        "A connection is told when nothing was announced for so long: devices"
                                + " announce their ports one by one.")
                @Default("250ms")
                @Range(min = 0, max = 60000)
                Duration quiet,
        @Doc("After which a connection is told in any case.")
                @Default("5s")
                @Range(min = 10, max = 60000)
                Duration settleWithin,
        @Doc(
                        "How much is kept for subscribers that are away. One that was away for"
                                + " longer misses events, which is logged and counted.")
                KeptEvents keep,
        @Doc("The `source` of CloudEvents. Without it: `urn:outpost:` and the server's" + " name.")
                @Nullable String source,
        @Doc(
                        "The address of this server that `mps-soap` tells consoles. Without it, the"
                                + " HTTP proxy's own, or the machine's.")
                @Nullable InetAddress mpsAddress) {}
