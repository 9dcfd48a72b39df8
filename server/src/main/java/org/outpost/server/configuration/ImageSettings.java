package org.outpost.server.configuration;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Range;

import java.nio.file.Path;

/** Images of CDs and floppies that the server holds for the drives of devices. */
public record ImageSettings(
        @Doc(
                        "A folder with images for everybody, which the server only reads. What is"
                                + " uploaded (`PUT /api/v1/images/{name}`) is in the data folder"
                                + " and seen by its own tenant.")
                @Nullable Path folder,
        @Doc("The biggest upload, in MiB.") @Default("8192") @Range(min = 1, max = 1_048_576)
                int largest,
        @Doc(
                        "So many MiB of the disk are left to others: an upload that would take them"
                                + " is refused.")
                @Default("1024")
                @Range(min = 0, max = 1_048_576)
                int keepFree) {}
