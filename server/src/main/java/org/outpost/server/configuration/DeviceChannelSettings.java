package org.outpost.server.configuration;

import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Range;

import java.time.Duration;
import java.util.List;

/** What devices may open towards us. */
public record DeviceChannelSettings(
        @Doc(
                        "Names and addresses that mean the listener for WS-Events in this server,"
                                + " `host` or `host:port`: what devices have in the URL of their"
                                + " subscription.")
                @Default("[events]")
                List<String> events,
        @Doc(
                        "Names and addresses that mean the listener for PETs (SNMP traps) in this"
                                + " server, `host` or `host:port`: what devices have as the trap's"
                                + " destination.")
                @Default("[traps]")
                List<String> traps,
        @Doc(
                        "Where else devices may connect and send to, each `host:port`,"
                                + " `address:port` or `range:port`. Loopback, link-local and this"
                                + " server's own doors only by their very address and port."
                                + " Without any: nowhere.")
                List<String> allow,
        @Doc(
                        "Whether a connection to an allowed address begins with a PROXY header of"
                                + " version 2 that tells who calls: the device's address, and its"
                                + " UUID as the authority.")
                @Default("false")
                boolean identify,
        @Doc("Channels at once that one device may open. Consoles share the device's with them.")
                @Default("4")
                @Range(min = 1, max = 1000)
                int perDevice,
        @Doc("Datagrams per second of one device; five times as many in one second.")
                @Default("10")
                @Range(min = 1, max = 10000)
                int datagramsPerSecond,
        @Doc(
                        "Events posted per second by one device; five times as many in one second."
                                + " What is more is answered with 429, and not stored.")
                @Default("10")
                @Range(min = 1, max = 10000)
                int eventsPerSecond,
        @Doc("For a connection to an allowed address.")
                @Default("10s")
                @Range(min = 100, max = 60000)
                Duration connect,
        @Doc("For one event, from the end of the one before; then the channel is closed.")
                @Default("60s")
                @Range(min = 1000, max = 600000)
                Duration post) {}
