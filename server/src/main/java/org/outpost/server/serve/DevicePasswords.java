package org.outpost.server.serve;

import org.outpost.inventory.credential.GeneratedPassword;
import org.outpost.server.datadir.AtomicFile;
import org.outpost.server.datadir.FileProblem;
import org.outpost.server.datadir.Visibility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The password file of a server that was given none: {@code devices.passwd} in the data folder,
 * made once with one random credential that every known firmware accepts (remote-access.md section
 * 3.3: 16 characters, upper and lower case, a digit, a symbol).
 */
final class DevicePasswords {
    private static final Logger log = LoggerFactory.getLogger(DevicePasswords.class);

    private DevicePasswords() {}

    static Path inFolder(Path folder) throws StartFailedException {
        Path file = folder.resolve("devices.passwd");
        if (Files.exists(file)) {
            return file;
        }
        String line =
                "# user:password, one a line\ndevice:" + new GeneratedPassword().password() + "\n";
        try {
            new AtomicFile(file, Visibility.PRIVATE).write(line);
        } catch (IOException e) {
            throw new StartFailedException("cannot make " + file + ": " + FileProblem.of(e), e);
        }
        log.atInfo()
                .addKeyValue("file", file)
                .log("made a password file for devices with one random credential");
        return file;
    }
}
