package org.outpost.server.web;

import org.outpost.database.Outage;
import org.outpost.server.command.VersionCommand;
import org.outpost.server.web.security.Open;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** What the server is, whether it is well, and the authority that devices must trust. */
@RestController
@RequestMapping("/api/v1")
final class ServerController {
    private final Supplier<Optional<Outage>> outage;
    private final Path authority;

    /**
     * Makes the controller.
     *
     * @param outage since when and why the database does not answer
     * @param authority PEM file with the certificate of the authority that devices must trust
     */
    ServerController(Supplier<Optional<Outage>> outage, Path authority) {
        this.outage = outage;
        this.authority = authority;
    }

    /** The release. */
    record Version(String serviceVersion) {}

    /** How a part of the server is. */
    record Part(String name, Object status) {}

    /** How the place for passwords is. */
    record Store(boolean initialized, boolean sealed) {}

    /** How the server is, in the form of Open DMT's MPS. */
    record Health(Part db, Part secretStore) {}

    @GetMapping("/version")
    @Open(Open.To.SIGNED_IN)
    Version serviceVersion() {
        return new Version(VersionCommand.release());
    }

    @GetMapping("/health")
    @Open(Open.To.ANYBODY)
    ResponseEntity<Health> health() {
        boolean up = outage.get().isEmpty();
        return ResponseEntity.status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(
                        new Health(
                                new Part("DATABASE", up ? "OK" : "UNAVAILABLE"),
                                new Part("VAULT", new Store(true, false))));
    }

    /** The certificate that a device must trust in order to call in, in PEM. */
    @GetMapping(value = "/ciracert", produces = MediaType.TEXT_PLAIN_VALUE)
    @Open(Open.To.SIGNED_IN)
    String ciraCertificate() throws IOException {
        if (!Files.isReadable(authority)) {
            throw Answers.problem(
                    HttpStatus.NOT_FOUND,
                    "This server has no authority of its own: its certificates were given. Ask who"
                            + " gave them for the certificate of their authority.");
        }
        return Files.readString(authority);
    }
}
