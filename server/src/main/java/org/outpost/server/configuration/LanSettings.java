package org.outpost.server.configuration;

import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Range;
import org.outpost.server.configuration.binding.Subnet;

import java.time.Duration;
import java.util.List;

/** Devices in the office, reached without a tunnel. */
public record LanSettings(
        @Doc(
                        "The address ranges where consoles reach devices by address, or by a name"
                                + " that the DNS knows, when no tunnel leads there. A loopback or"
                                + " link-local address only by itself. Without any: off.")
                List<Subnet> networks,
        @Doc("For a connection to a device.") @Default("10s") @Range(min = 100, max = 60000)
                Duration connect) {}
