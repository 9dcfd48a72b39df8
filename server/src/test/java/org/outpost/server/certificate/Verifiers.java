package org.outpost.server.certificate;

import org.outpost.server.trust.ClientVerifier;
import org.outpost.server.trust.TrustFiles;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Trust in clients without revocation lists. */
final class Verifiers {
    private Verifiers() {}

    static ClientVerifier of(Path authorities) throws IdentityException {
        return new ClientVerifier(
                new TrustFiles(
                        authorities,
                        List.of(),
                        true,
                        new OwnAuthorities(List.of()),
                        InstantSource.system()));
    }
}
