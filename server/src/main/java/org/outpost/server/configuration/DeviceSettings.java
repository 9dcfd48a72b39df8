package org.outpost.server.configuration;

import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Range;

/** Which devices are taken in (protocol/README 1). */
public record DeviceSettings(
        @Doc(
                        "Whether a device with good credentials that is not known yet is admitted"
                                + " and recorded.")
                @Default("true")
                boolean admitUnknown,
        @Doc("How many devices one credential may record.")
                @Default("100000")
                @Range(min = 1, max = 10000000)
                int perCredential) {}
