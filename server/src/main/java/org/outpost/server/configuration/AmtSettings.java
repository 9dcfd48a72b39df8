package org.outpost.server.configuration;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.MustExist;
import org.outpost.server.configuration.binding.Range;

import java.nio.file.Path;
import java.time.Duration;

/** How the server itself speaks with AMT of the devices. */
public record AmtSettings(
        @Doc("As whom to sign in to devices that have no login of their own.") @Default("admin")
                String username,
        @Doc(
                        "A file with the password of that user and nothing else. Without it, only"
                                + " devices that were given a login are managed (`PUT"
                                + " /api/v1/devices/{guid}/amt-login`).")
                @MustExist
                @Nullable Path passwordFile,
        @Doc("For one call to a device, with its waiting for others.")
                @Default("30s")
                @Range(min = 1000, max = 600_000)
                Duration timeout,
        @Doc(
                        "Whether to speak TLS as AMT before release 12 needs it too. Without, such"
                                + " a device is reached on its port without TLS only.")
                @Default("false")
                boolean legacyTls,
        @Doc(
                        "Whether a device may show another TLS certificate than the one it was"
                                + " first seen with: the change is logged, and the new one counts.")
                @Default("false")
                boolean acceptChangedCertificates) {}
