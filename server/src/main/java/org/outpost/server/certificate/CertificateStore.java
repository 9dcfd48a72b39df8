package org.outpost.server.certificate;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;

/**
 * A CA and the server certificates that it issued, in one folder: {@code ca.crt}, {@code ca.key},
 * {@code server.crt} (the whole chain) and {@code server.key}, all PEM; keys are PKCS #8 with mode
 * 0600. The CA of another {@link AuthorityKind} can lie beside it, as {@code ca-rsa3072.crt} and so
 * on. One server uses a folder at a time, which is what its lock is for.
 */
public final class CertificateStore {
    private final Path folder;
    private final AuthorityKind kind;
    private final boolean mayMake;
    private final Path serverFolder;
    private final AuthorityFiles authority;
    private final InstantSource clock;

    /** The store of RSA-2048, which every data folder has. */
    public CertificateStore(Path folder, InstantSource clock) {
        this(folder, AuthorityKind.RSA_2048, clock);
    }

    /**
     * The store of one kind in a data folder. Its CA is made when it is first asked for.
     *
     * @param folder an existing folder
     */
    public CertificateStore(Path folder, AuthorityKind kind, InstantSource clock) {
        this(folder, kind, clock, true, folder);
    }

    private CertificateStore(
            Path folder,
            AuthorityKind kind,
            InstantSource clock,
            boolean mayMake,
            Path serverFolder) {
        this.folder = folder;
        this.serverFolder = serverFolder;
        this.kind = kind;
        this.mayMake = mayMake;
        this.authority = new AuthorityFiles(folder, kind);
        this.clock = clock;
    }

    /**
     * A store that an operator put elsewhere, such as the CA of another server. Its CA is never
     * made by a server.
     *
     * @throws IdentityException when no CA is there, or more than one
     */
    public static CertificateStore given(Path folder, InstantSource clock)
            throws IdentityException {
        CertificateStore found = null;
        for (AuthorityKind kind : AuthorityKind.values()) {
            if (new AuthorityFiles(folder, kind).isThere()) {
                if (found != null) {
                    throw new IdentityException(
                            "the folder "
                                    + folder
                                    + " has more than one CA: keep one of them there, and give the"
                                    + " other a folder of its own");
                }
                found = new CertificateStore(folder, kind, clock, false, folder);
            }
        }
        if (found == null) {
            throw new IdentityException(
                    "there is no CA in the folder "
                            + folder
                            + ": put ca.crt and ca.key there (ca-rsa3072.crt and ca-rsa3072.key for"
                            + " RSA-3072), or write rsa-2048 or rsa-3072 for one of the server's"
                            + " own");
        }
        return found;
    }

    /**
     * The same CA, whose server certificates lie in another folder: servers that share a CA must
     * not write over each other's.
     */
    public CertificateStore servingFrom(Path other) {
        return new CertificateStore(folder, kind, clock, mayMake, other);
    }

    /** Where the server certificates are that it issues. */
    public Path serverFolder() {
        return serverFolder;
    }

    /** Which kind of CA it holds. */
    public AuthorityKind kind() {
        return kind;
    }

    /** Where its files are. */
    public Path folder() {
        return folder;
    }

    /** The file with the root that devices and commands must trust. */
    public Path rootFile() {
        return authority.certificateFile();
    }

    /** The file with the list of what the CA revoked; there once somebody put it there. */
    public Path revocationFile() {
        return folder.resolve("ca" + kind.suffix() + ".crl");
    }

    /** Whether there is a CA, or what is left of one. */
    public boolean isThere() {
        return authority.isThere();
    }

    /**
     * The root. The first call on a data folder makes the CA, and no later one ever does.
     *
     * @throws IdentityException when one of the CA's files is lost, spoiled or cannot be written
     */
    public X509Certificate root() throws IdentityException {
        return open().certificate();
    }

    /** The CA itself; made as {@link #root} says. */
    synchronized CertificateAuthority open() throws IdentityException {
        if (!mayMake && !authority.isThere()) {
            throw new IdentityException(
                    "the CA's files are gone from " + folder + ": restore them from the backup");
        }
        return authority.open(clock.instant());
    }

    /**
     * The server's certificate and key in the files {@code server.crt} and {@code server.key}.
     *
     * @throws IdentityException as for {@link #root}, or when new ones cannot be written
     */
    public TlsIdentity identity(ServerNames names) throws IdentityException {
        return identity(names, serverFile(null));
    }

    /**
     * A server certificate and key. Issues them anew, and logs why, when they are missing or of no
     * use, within 30 days of their end, or not made out to all the names. Meant for the start and
     * for once a day.
     *
     * @param file the name of both files without their ending, from {@link #serverFile}
     * @throws IdentityException as for {@link #root}, or when the new ones cannot be written
     */
    public synchronized TlsIdentity identity(ServerNames names, String file)
            throws IdentityException {
        return new ServerCertificateFiles(serverFolder, file).open(open(), names, clock.instant());
    }

    /**
     * Issues a server certificate and key anew into the files of {@link #identity(ServerNames,
     * String)}; a running server shows it from the next handshake on.
     *
     * @throws IdentityException as there
     */
    public synchronized TlsIdentity renew(ServerNames names, String file) throws IdentityException {
        return new ServerCertificateFiles(serverFolder, file).renew(open(), names, clock.instant());
    }

    /**
     * Issues a server certificate for another machine; no file of it is kept here.
     *
     * @throws IdentityException as for {@link #root}
     */
    public TlsIdentity issue(ServerNames names) throws IdentityException {
        return open().issue(names, clock.instant());
    }

    /**
     * How the two files of a server certificate are called, without their ending.
     *
     * @param name the name that a listener of its own has; null for that of the whole server
     */
    public String serverFile(@Nullable String name) {
        String file = ServerCertificateFiles.NAME + kind.suffix();
        if (!serverFolder.equals(folder)) {
            // One data folder may have those of several CAs from elsewhere.
            file += "-ca%08x".formatted(folder.toAbsolutePath().normalize().hashCode());
        }
        return name == null ? file : file + "-" + name.replaceAll("[^a-z0-9.-]", "_");
    }
}
