package org.outpost.server.notification;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * What tells one content of a file from another without reading it.
 *
 * @param identity of the file itself, which changes when it is replaced; null where there is none
 */
record FileState(FileTime time, long size, @Nullable Object identity) {
    /** How a file is now; null when it cannot be seen. */
    static @Nullable FileState of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileState(
                    attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (IOException e) {
            // Between the steps of an editor it may not be there.
            return null;
        }
    }
}
