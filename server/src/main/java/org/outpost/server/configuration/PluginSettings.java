package org.outpost.server.configuration;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.binding.Doc;

import java.nio.file.Path;

/** Where plug-ins come from. */
public record PluginSettings(
        @Doc(
                        "The folder of plug-ins: each jar in it, and each folder of jars, is loaded"
                                + " apart (docs/plugins.md). Without it: `plugins` in `data-dir`,"
                                + " which need not be there.")
                @Nullable Path folder) {
    /** The folder, written or not. */
    public Path folder(Path dataDir) {
        return folder == null ? dataDir.resolve("plugins") : folder;
    }
}
