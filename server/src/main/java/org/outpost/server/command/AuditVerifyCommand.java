package org.outpost.server.command;

import org.jspecify.annotations.Nullable;
import org.outpost.access.audit.TrustedKeys;
import org.outpost.access.audit.verify.AuditFileVerifier;
import org.outpost.access.audit.verify.Verification;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** {@code outpost audit verify}. */
@Command(
        name = "verify",
        description = {
            "Verify an exported file. Exit code 0 when it is sound, 1 when not.",
            "",
            "Without --keys the server is asked for its public keys; who doubts the server keeps"
                    + " them elsewhere (outpost audit keys)."
        },
        mixinStandardHelpOptions = true)
final class AuditVerifyCommand extends ApiCommand {
    @Parameters(paramLabel = "FILE", description = "What outpost audit export wrote.")
    private Path file = Path.of("");

    @Option(names = "--keys", paramLabel = "PEM", description = "A file with the public keys.")
    private @Nullable Path keys;

    private record Keys(String pem) {}

    @Override
    void run(ApiClient client) throws CommandFailedException {
        TrustedKeys trusted = trusted(client);
        Verification found;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            found = AuditFileVerifier.verify(trusted, in);
        } catch (IOException e) {
            throw new CommandFailedException("cannot read " + file + ": " + Reason.of(e), e);
        }
        switch (found) {
            case Verification.Sound sound ->
                    out().println(
                                    file
                                            + " is sound: "
                                            + (sound.entries() == 1
                                                    ? "1 entry"
                                                    : sound.entries() + " entries")
                                            + (sound.sealed() ? ", sealed." : ", not sealed."));
            case Verification.Broken broken ->
                    throw new CommandFailedException(
                            file
                                    + " is not sound: line "
                                    + broken.line()
                                    + ", entry "
                                    + broken.sequence()
                                    + ": "
                                    + broken.reason());
        }
    }

    private TrustedKeys trusted(ApiClient client) throws CommandFailedException {
        try {
            String pem =
                    keys == null
                            ? client.read(
                                            client.get(ApiClient.path("audit", "keys"), Map.of()),
                                            Keys.class)
                                    .pem()
                            : Files.readString(keys);
            return TrustedKeys.ofPem(pem);
        } catch (IOException e) {
            throw new CommandFailedException("cannot read " + keys + ": " + Reason.of(e), e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(
                    (keys == null ? "what the server told" : keys)
                            + " holds no public key: "
                            + e.getMessage(),
                    e);
        }
    }
}
