package org.outpost.server.datadir;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The data folder of a running server (design.md §6). It belongs to one server at a time; files in
 * it are written atomically ({@link AtomicFile}).
 */
public final class DataDirectory implements AutoCloseable {
    /** The file with the token for commands on the same machine. */
    public static final String TOKEN = "cli.token";

    /** The file that tells commands where the API is. */
    public static final String API_LOCATION = "api.json";

    private static final Logger log = LoggerFactory.getLogger(DataDirectory.class);
    private static final int TOKEN_BYTES = 32;
    private static final String TOKEN_FORM = "[!-~]{32,4096}";

    private final Path folder;
    private final DirectoryLock lock;

    private DataDirectory(Path folder, DirectoryLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Takes the folder for this server until {@link #close}; makes it, for its owner alone, when it
     * is missing.
     *
     * @throws DataDirectoryException when another server has it, or it cannot be made or written
     */
    public static DataDirectory open(Path folder) throws DataDirectoryException {
        Path absolute = folder.toAbsolutePath().normalize();
        make(absolute);
        warnIfOthersMayWrite(absolute);
        return new DataDirectory(absolute, DirectoryLock.take(absolute));
    }

    /** The folder alone: what is in it is secret in part. */
    @Override
    public String toString() {
        return folder.toString();
    }

    /** The folder's absolute path. */
    public Path folder() {
        return folder;
    }

    /**
     * The token by which commands on this machine sign in to the API: visible ASCII characters. The
     * first call ever makes it from 256 random bits, with mode 0600; later ones read it.
     *
     * @throws DataDirectoryException when it cannot be read or written, or is none
     */
    public String cliToken() throws DataDirectoryException {
        Path file = folder.resolve(TOKEN);
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                byte[] random = new byte[TOKEN_BYTES];
                new SecureRandom().nextBytes(random);
                new AtomicFile(file, Visibility.PRIVATE)
                        .write(
                                Base64.getUrlEncoder().withoutPadding().encodeToString(random)
                                        + "\n");
            }
            Visibility.warnIfExposed(file, "the token for the command line");
            String token = Files.readString(file).strip();
            if (!token.matches(TOKEN_FORM)) {
                throw new DataDirectoryException(
                        file
                                + " holds no token, which is one line of 32 or more visible ASCII"
                                + " characters: delete it, and the next start makes a new one");
            }
            return token;
        } catch (IOException e) {
            throw new DataDirectoryException(
                    "cannot read or make the token for the command line, "
                            + file
                            + ": "
                            + FileProblem.of(e),
                    e);
        }
    }

    /**
     * Tells commands on this machine where the API of this server is, with the CA of this folder to
     * vouch for it.
     *
     * @param url scheme https, host and port
     * @throws DataDirectoryException when that cannot be written
     */
    public void writeApiLocation(URI url) throws DataDirectoryException {
        writeApiLocation(Map.of("url", url, "ca", "ca.crt"));
    }

    /**
     * The same for an API that shows the operator's own certificate: commands trust exactly that
     * one, since it need not be made out to the address by which they call, nor be of a CA that
     * this machine knows.
     *
     * @param certificate PEM file, the API's own certificate first
     * @throws DataDirectoryException when that cannot be written
     */
    public void writeApiLocation(URI url, Path certificate) throws DataDirectoryException {
        writeApiLocation(
                Map.of("url", url, "certificate", certificate.toAbsolutePath().toString()));
    }

    private void writeApiLocation(Map<String, Object> location) throws DataDirectoryException {
        Path file = folder.resolve(API_LOCATION);
        String json = new JsonMapper().writeValueAsString(new TreeMap<>(location));
        try {
            new AtomicFile(file, Visibility.PUBLIC).write(json + "\n");
        } catch (IOException e) {
            throw new DataDirectoryException(
                    "cannot write "
                            + file
                            + ", which tells commands where the API is: "
                            + FileProblem.of(e),
                    e);
        }
    }

    /** Lets other servers have the folder. Its files stay. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("folder", folder)
                    .addKeyValue("reason", FileProblem.of(e))
                    .log("the lock of the data folder could not be released");
        }
    }

    private static void make(Path folder) throws DataDirectoryException {
        try {
            if (Files.isDirectory(folder)) {
                return;
            }
            Path parent = folder.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(folder, Visibility.PRIVATE.forFolder(folder));
            log.atInfo().addKeyValue("folder", folder).log("data folder made");
        } catch (IOException e) {
            throw new DataDirectoryException(
                    "cannot make the data folder " + folder + ": " + FileProblem.of(e), e);
        }
    }

    private static void warnIfOthersMayWrite(Path folder) {
        if (!Visibility.hasModes(folder)) {
            return;
        }
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(folder);
            if (mode.contains(PosixFilePermission.GROUP_WRITE)
                    || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
                log.atWarn()
                        .addKeyValue("folder", folder)
                        .log(
                                "others than its owner may write to the data folder, and so replace"
                                        + " keys: chmod 700 {}",
                                folder);
            }
        } catch (IOException unreadable) {
            // taking the lock says so
        }
    }
}
