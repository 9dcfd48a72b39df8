package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The options that every command shares which asks a running server. */
final class ApiOptions {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description =
                    "Data folder of the server, where its address (api.json), its CA and the token"
                        + " for commands (cli.token) are found. Default: $OUTPOST_DATA_DIR, else"
                        + " the folder 'data' of the installation.")
    private @Nullable Path dataDirectory;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description =
                    "Address of the server's API, such as https://mps.example.org:8443. Default: as"
                            + " the server wrote it into its data folder.")
    private @Nullable String server;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description =
                    "PEM file with the certificate of the CA that the server's certificate must be"
                            + " from; no other is trusted. Default: as the server wrote it into its"
                            + " data folder.")
    private @Nullable Path ca;

    @ArgGroup private @Nullable TokenOptions token;

    @Option(names = "--json", description = "Print the answer as one JSON document, for programs.")
    private boolean json;

    private static final class TokenOptions {
        @Option(
                names = "--token-file",
                paramLabel = "FILE",
                description = "File with the token. Default: cli.token of the data folder.")
        private @Nullable Path file;

        @Option(
                names = "--token",
                paramLabel = "TOKEN",
                description =
                        "The token itself. Others on this machine can read it while the command"
                                + " runs: prefer --token-file.")
        private @Nullable String value;
    }

    /** Whether a program reads the output. */
    boolean json() {
        return json;
    }

    /** A client for the server that the options name. */
    ApiClient connect(DefaultDataDirectory defaults) throws CommandFailedException {
        Path directory = dataDirectory == null ? defaults.path() : dataDirectory;
        return new ApiClient(location(directory), token(directory));
    }

    private ApiLocation location(Path directory) throws CommandFailedException {
        if (server == null) {
            ApiLocation written = ApiLocation.of(directory);
            return ca == null ? written : new ApiLocation(written.url(), ca, false);
        }
        URI url = ApiLocation.url(server);
        if (ca != null) {
            return new ApiLocation(url, ca, false);
        }
        if (!Files.exists(directory.resolve(ApiLocation.FILE))) {
            return new ApiLocation(url, directory.resolve("ca.crt"), false);
        }
        ApiLocation written = ApiLocation.of(directory);
        return new ApiLocation(url, written.ca(), written.exact());
    }

    private AccessToken token(Path directory) throws CommandFailedException {
        if (token != null && token.value != null) {
            return AccessToken.of(token.value, "given with --token");
        }
        if (token != null && token.file != null) {
            return AccessToken.read(token.file);
        }
        return AccessToken.read(directory.resolve(AccessToken.FILE));
    }
}
