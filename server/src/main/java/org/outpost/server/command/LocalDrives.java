package org.outpost.server.command;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.redirection.ider.DiskImage;
import org.outpost.amt.redirection.ider.DriveKind;
import org.outpost.amt.redirection.ider.FileImage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** Images of this machine that are lent to a device. */
final class LocalDrives implements AutoCloseable {
    private final Map<DriveKind, DiskImage> images = new EnumMap<>(DriveKind.class);

    /**
     * Opens them.
     *
     * @throws CommandFailedException when one cannot be read, or is none
     */
    LocalDrives(@Nullable Path cd, @Nullable Path floppy) throws CommandFailedException {
        try {
            open(DriveKind.CD, cd);
            open(DriveKind.FLOPPY, floppy);
        } catch (CommandFailedException e) {
            close();
            throw e;
        }
    }

    private void open(DriveKind kind, @Nullable Path path) throws CommandFailedException {
        if (path == null) {
            return;
        }
        try {
            DiskImage image = FileImage.open(path);
            images.put(kind, image);
            if (image.size() < kind.blockSize()) {
                throw new CommandFailedException(path + " is too short for an image");
            }
        } catch (IOException e) {
            throw new CommandFailedException(
                    "cannot read the image " + path + ": " + Reason.of(e), e);
        }
    }

    Map<DriveKind, DiskImage> images() {
        return images;
    }

    @Override
    public void close() {
        for (DiskImage image : images.values()) {
            try {
                image.close();
            } catch (IOException e) {
                // it was only read
            }
        }
    }
}
