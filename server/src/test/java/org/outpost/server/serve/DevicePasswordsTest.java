package org.outpost.server.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class DevicePasswordsTest {
    @TempDir private Path folder;

    @Test
    void theFileIsForItsOwnerAloneAndStaysAsItIs() throws Exception {
        Path file = DevicePasswords.inFolder(folder);
        String made = Files.readString(file);

        assertThat(made).matches("# user:password, one a line\ndevice:\\S{16}\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(DevicePasswords.inFolder(folder)).isEqualTo(file).hasContent(made);
    }

    @Test
    void whatACrashLeftHalfWrittenIsMadeAnew() throws Exception {
        Path half = Files.writeString(folder.resolve("devices.passwd.new"), "# us");

        assertThat(DevicePasswords.inFolder(folder)).content().contains("\ndevice:");
        assertThat(half).doesNotExist();
    }

    @Test
    void aFileThatCannotBeWrittenWholeIsNotThereAtAll() throws Exception {
        // Stands where the content is prepared, so that writing fails halfway.
        Files.createDirectories(folder.resolve("devices.passwd.new/in the way"));

        assertThatThrownBy(() -> DevicePasswords.inFolder(folder))
                .isInstanceOf(StartFailedException.class)
                .hasMessageStartingWith("cannot make " + folder.resolve("devices.passwd"));
        assertThat(folder.resolve("devices.passwd")).doesNotExist();
    }
}
