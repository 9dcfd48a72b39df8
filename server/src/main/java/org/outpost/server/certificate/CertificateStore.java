package org.outpost.server.certificate;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;

/**
 * The CA and the server certificate in a data folder: {@code ca.crt}, {@code ca.key}, {@code
 * server.crt} (the whole chain) and {@code server.key}, all PEM; keys are PKCS #8 with mode 0600.
 * One server uses a folder at a time, which is what its lock is for.
 */
public final class CertificateStore {
    private final AuthorityFiles authority;
    private final ServerCertificateFiles server;
    private final InstantSource clock;

    /**
     * @param folder an existing folder
     */
    public CertificateStore(Path folder, InstantSource clock) {
        authority = new AuthorityFiles(folder);
        server = new ServerCertificateFiles(folder);
        this.clock = clock;
    }

    /** The file with the root that devices and commands must trust. */
    public Path rootFile() {
        return authority.certificateFile();
    }

    /**
     * The root. The first call on a folder makes the CA, and no later one ever does.
     *
     * @throws IdentityException when one of the CA's files is lost, spoiled or cannot be written
     */
    public synchronized X509Certificate root() throws IdentityException {
        return authority.open(clock.instant()).certificate();
    }

    /**
     * The server's certificate and key. Issues them anew, and logs why, when they are missing or of
     * no use, within 30 days of their end, or not made out to all the names. Meant for the start
     * and for once a day.
     *
     * @throws IdentityException as for {@link #root}, or when the new ones cannot be written
     */
    public synchronized ServerIdentity identity(ServerNames names) throws IdentityException {
        return server.open(authority.open(clock.instant()), names, clock.instant());
    }
}
