package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.ManagedDevice;
import org.outpost.testkit.image.TinyIso;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.NeedsTool;
import org.outpost.testkit.process.OutpostProcess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code outpost device sol} and {@code outpost device mount}, through the server's relay. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DeviceSessionsIT {
    /** Types at a terminal as a person does: waits for what it says before it goes on. */
    private static final String PERSON =
            """
            import os, pty, select, sys, time
            pid, fd = pty.fork()
            if pid == 0:
                os.execv(sys.argv[1], sys.argv[1:])
            seen = b''
            def wait(text):
                global seen
                end = time.time() + 60
                while text not in seen:
                    if time.time() > end:
                        sys.exit('no ' + repr(text) + ' in ' + repr(seen[-500:]))
                    if select.select([fd], [], [], 1)[0]:
                        try:
                            seen = (seen + os.read(fd, 65536))[-100000:]
                        except OSError:
                            sys.exit('closed without ' + repr(text) + ': ' + repr(seen[-500:]))
                seen = seen[seen.index(text) + len(text):]
            wait(b'Ctrl-] leaves.')
            os.write(fd, b'\\r')
            wait(b'login: ')
            os.write(fd, b'root\\r')
            wait(b'Welcome to')
            os.write(fd, b'yes without end\\r')
            wait(b'without end\\r\\nwithout end\\r\\n')
            os.write(fd, b'\\x03')
            wait(b'^C')
            os.write(fd, b'hostname\\r')
            wait(b'# hostname\\r\\n')
            os.write(fd, b'\\x1d')
            wait(b'The text console is closed')
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            """;

    private Path folder;
    private ManagedDevice device;

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        device = new ManagedDevice(folder, "sessions");
    }

    @AfterAll
    void stop() {
        device.close();
    }

    @Test
    @NeedsTool("python3")
    void atATerminalEveryKeyGoesToTheDevice() throws IOException {
        Path person = Files.writeString(folder.resolve("person.py"), PERSON);
        device.restart();

        Command.of(
                        "python3",
                        person.toString(),
                        OutpostProcess.launcher().toString(),
                        "device",
                        "sol",
                        device.name(),
                        "--data-dir",
                        device.server().dataDir().toString())
                .within(Duration.ofMinutes(3))
                .run()
                .succeeded();
    }

    @Test
    void withoutATerminalStandardInputIsTyped() {
        device.restart();
        // What is typed before the system runs is lost, as it is at a PC.
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(
                        () -> {
                            Command.Result result =
                                    device.outpost("device", "sol", device.name(), "--linger", "3")
                                            .fedWith("root\runame -a\r")
                                            .run()
                                            .succeeded();
                            assertThat(result.out()).containsPattern("Linux \\S+ 6\\.");
                            assertThat(result.err()).isEmpty();
                        });
    }

    @Test
    void anImageIsMountedAndBooted() throws IOException {
        Path iso =
                Files.write(
                        folder.resolve("rescue.iso"),
                        TinyIso.write("RESCUE MOUNT", TinyIso.bootImage(400, 3), 200));
        Path log = folder.resolve("mount.log");
        device.switchOn();
        try (OutpostProcess mount =
                OutpostProcess.start(
                        log,
                        Map.of(),
                        List.of(
                                OutpostProcess.launcher().toString(),
                                "device",
                                "mount",
                                device.name(),
                                "--cd",
                                iso.toString(),
                                "--boot",
                                "--data-dir",
                                device.server().dataDir().toString()))) {
            mount.awaitLog("Restarting from the image", Duration.ofSeconds(60));
            assertThat(device.server().api().get("devices/redirectstatus/" + device.guid()).body())
                    .contains("\"isIDERConnected\":true");
            assertThat(
                            device.outpost("device", "mount", device.name(), "--cd", iso.toString())
                                    .run()
                                    .err())
                    .contains("somebody else has such a session");
        }
        assertThat(
                        device.outpost("device", "mount", device.name(), "--cd", "missing.iso")
                                .run()
                                .err())
                .contains("cannot read the image missing.iso");
    }

    @Test
    void anUnknownDeviceIsTold() {
        Command.Result result = device.outpost("device", "sol", "nobody.example.test").run();

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("no device is called 'nobody.example.test'");
    }
}
