package org.outpost.server.demo;

import org.jspecify.annotations.Nullable;
import org.outpost.server.command.ApiLocation;
import org.outpost.server.command.CommandFailedException;
import org.outpost.server.datadir.AtomicFile;
import org.outpost.server.datadir.Visibility;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The folder of a demo: what its server and simulator read, and what they leave. One demo at a
 * time.
 */
final class DemoFolder implements AutoCloseable {
    /** What the server's certificate is made out to; its devices check that, as real ones do. */
    static final String SERVER_NAME = "localhost";

    private static final String IDENTIFY =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
                xmlns:wsmid="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd">
              <s:Header/>
              <s:Body><wsmid:Identify/></s:Body>
            </s:Envelope>
            """;

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path path;
    private final FileChannel lockFile;
    private final DemoSecrets mps;
    private final DemoSecrets amt;

    private DemoFolder(Path path, FileChannel lockFile) throws IOException {
        this.path = path;
        this.lockFile = lockFile;
        this.mps = DemoSecrets.ofPasswordFile(textOf(passwords()), "demo");
        this.amt = DemoSecrets.ofNetrc(textOf(netrc()), "admin");
    }

    /**
     * Makes the folder where it is missing and takes it for this demo.
     *
     * @throws CommandFailedException when another demo has it
     */
    static DemoFolder open(Path folder) throws IOException, CommandFailedException {
        Path path = folder.toAbsolutePath().normalize();
        make(path);
        FileChannel lockFile =
                FileChannel.open(
                        path.resolve("demo.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        if (lock(lockFile) == null) {
            lockFile.close();
            throw new CommandFailedException(
                    "a demo already runs in "
                            + path
                            + "; end it with Ctrl-C where it runs, or start another one elsewhere"
                            + " with --data-dir");
        }
        return new DemoFolder(path, lockFile);
    }

    private static void make(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            // The folder above is that of the server's data: the first to make it sets its mode.
            Files.createDirectories(folder.resolveSibling(""), OWNER_ONLY);
            Files.createDirectory(folder, OWNER_ONLY);
        }
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    private static String textOf(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /** Writes all that server, simulator and the user need; secrets stay as they were. */
    void write(DemoPorts ports) throws IOException {
        write(passwords(), mps.passwordFile());
        write(netrc(), amt.netrc());
        write(configuration(), configuration(ports));
        write(simulatorOptions(), simulatorOptionLines());
        write(identify(), IDENTIFY);
        // A server writes it when its API answers: what an earlier one wrote would mislead.
        Files.deleteIfExists(path.resolve(ApiLocation.FILE));
    }

    private static void write(Path file, String content) throws IOException {
        new AtomicFile(file, Visibility.PRIVATE).write(content);
    }

    private String configuration(DemoPorts ports) {
        return """
        # Written by each `outpost demo`. For a server of your own start from this and choose
        # authenticators: here whoever is on this machine gets in.
        data-dir: %s
        tunnel:
          name: %s
          listeners:
            - { port: %d, tls: modern, address: [127.0.0.1] }
          authenticators:
            - { type: password-file, file: %s }
          # All simulated devices have the same address.
          limits: { new-connections-per-address-per-second: 0 }
        console:
          authenticators:
            - { type: insecure-accept-any }
        http-proxy: { port: %d }
        socks: { port: %d }
        web: { port: %d }
        management: { port: %d }
        """
                .formatted(
                        quoted(path),
                        SERVER_NAME,
                        ports.tunnel(),
                        quoted(passwords()),
                        ports.httpProxy(),
                        ports.socks(),
                        ports.web(),
                        ports.management());
    }

    // Nothing in these words needs quotes: see DemoSecrets.
    private String simulatorOptionLines() {
        return """
        --user %s
        --password %s
        --amt-user %s
        --amt-password %s
        """
                .formatted(mps.user(), mps.password(), amt.user(), amt.password());
    }

    // A JSON string is a double-quoted scalar of YAML 1.2.
    private static String quoted(Path path) {
        return new JsonMapper().writeValueAsString(path.toString());
    }

    /** The folder itself, absolute. */
    Path path() {
        return path;
    }

    /** The server's configuration. */
    Path configuration() {
        return path.resolve("outpost.yaml");
    }

    /** Who may call in. */
    Path passwords() {
        return path.resolve("devices.passwd");
    }

    /** Who may sign in at the devices, for curl. */
    Path netrc() {
        return path.resolve("amt.netrc");
    }

    /** A WS-Management Identify request (DSP0226 §11). */
    Path identify() {
        return path.resolve("identify.xml");
    }

    /** The certificate of the CA that the server made. */
    Path authority() {
        return path.resolve("ca.crt");
    }

    /** Options for the simulator that must not be on its command line. */
    Path simulatorOptions() {
        return path.resolve("simulator.options");
    }

    /** What the server says. */
    Path serverLog() {
        return path.resolve("server.log");
    }

    /** What the simulator says. */
    Path simulatorLog() {
        return path.resolve("simulator.log");
    }

    /** What the devices sign in with at the server. */
    DemoSecrets mps() {
        return mps;
    }

    /** What a console signs in with at the devices. */
    DemoSecrets amt() {
        return amt;
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
