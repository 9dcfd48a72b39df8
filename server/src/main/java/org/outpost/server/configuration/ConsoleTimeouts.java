package org.outpost.server.configuration;

import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Range;

import java.time.Duration;

/** How long a console may take or wait. */
public record ConsoleTimeouts(
        @Doc(
                        "From the connection to a complete request, TLS included; sign-in may take"
                                + " as long again.")
                @Default("10s")
                @Range(min = 100, max = 600000)
                Duration request,
        @Doc("From the request to an answer about the device: connected, or why not.")
                @Default("30s")
                @Range(min = 100, max = 600000)
                Duration connect,
        @Doc(
                        "How long a channel stays open without traffic after the console has said"
                                + " that it sends no more.")
                @Default("10s")
                @Range(min = 100, max = 600000)
                Duration linger,
        @Doc("How long a console may take no byte of what waits for it after the device has ended.")
                @Default("30s")
                @Range(min = 100, max = 600000)
                Duration drain,
        @Doc("HTTP proxy: how long a device may be silent while its answer is awaited.")
                @Default("2m")
                @Range(min = 1000, max = 86400000)
                Duration response,
        @Doc("HTTP proxy: how long a connection is kept without a request.")
                @Default("90s")
                @Range(min = 1000, max = 86400000)
                Duration idle) {}
