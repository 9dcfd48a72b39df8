package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where a server's API is.
 *
 * @param url scheme {@code https}, host and port, without a path
 * @param ca PEM file with the certificates of the authorities that vouch for it; the server's own,
 *     when it is the only one that is trusted
 * @param exact whether the first certificate of that file is the server's own and the only one that
 *     is trusted, by whatever name the server is called
 */
public record ApiLocation(URI url, Path ca, boolean exact) {
    /** The file of a data folder in which its server says where it is. */
    public static final String FILE = "api.json";

    private record Written(
            @Nullable String url, @Nullable String ca, @Nullable String certificate) {}

    /**
     * The server that runs, or ran last, on that data folder.
     *
     * @throws CommandFailedException when none ever did, or what it wrote cannot be read
     */
    public static ApiLocation of(Path dataDirectory) throws CommandFailedException {
        Path file = dataDirectory.resolve(FILE);
        Written written;
        try {
            written = new JsonMapper().readValue(Files.readString(file), Written.class);
        } catch (NoSuchFileException e) {
            throw new CommandFailedException(
                    "no server has run on "
                            + dataDirectory.toAbsolutePath().normalize()
                            + " (it has no "
                            + FILE
                            + "); start one with ./outpost serve, or name its folder with"
                            + " --data-dir or its address with --server",
                    e);
        } catch (IOException | JacksonException e) {
            throw new CommandFailedException(
                    "cannot read "
                            + file
                            + ", which says where the server is: "
                            + Reason.of(e)
                            + "; name the server with --server",
                    e);
        }
        String trusted = written.certificate() == null ? written.ca() : written.certificate();
        if (written.url() == null || trusted == null) {
            throw new CommandFailedException(
                    file + " does not say where the server is; name it with --server");
        }
        return new ApiLocation(
                url(written.url()), dataDirectory.resolve(trusted), written.certificate() != null);
    }

    /**
     * Reads an address as people write it: {@code host}, {@code host:port} or {@code
     * https://host:port}. Without a port it is 8443.
     *
     * @throws CommandFailedException when it is none, or not for TLS: the token must not travel in
     *     the clear
     */
    public static URI url(String text) throws CommandFailedException {
        try {
            URI uri = new URI(text.contains("://") ? text : "https://" + text);
            if (!"https".equalsIgnoreCase(uri.getScheme())
                    || uri.getHost() == null
                    || uri.getUserInfo() != null
                    || !uri.getPath().matches("/?")
                    || uri.getQuery() != null
                    || uri.getFragment() != null) {
                throw notAnAddress(text);
            }
            int port = uri.getPort() < 0 ? 8443 : uri.getPort();
            return new URI("https", null, uri.getHost(), port, null, null, null);
        } catch (URISyntaxException _) {
            throw notAnAddress(text);
        }
    }

    private static CommandFailedException notAnAddress(String text) {
        return new CommandFailedException(
                "'" + text + "' is no address of a server; write it as https://HOST:PORT");
    }
}
