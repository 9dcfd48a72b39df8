package org.outpost.server.trust;

import org.outpost.server.certificate.ClientTrust;
import org.outpost.server.certificate.CrlFile;
import org.outpost.server.certificate.IdentityException;
import org.outpost.server.certificate.OwnAuthorities;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Where one listener's trust in clients lies on disk.
 *
 * @param authorities PEM file with the authorities
 * @param lists files with revocation lists; may be none
 * @param strict whether a certificate without a valid list of its issuer is refused; counts only
 *     when there are files with lists
 * @param own the CAs of this server: where one of them is among the authorities, its own list is
 *     looked into when there is one
 */
public record TrustFiles(
        Path authorities,
        List<Path> lists,
        boolean strict,
        OwnAuthorities own,
        InstantSource clock) {
    public TrustFiles {
        lists = List.copyOf(lists);
    }

    /** All files that may matter, whether they are there or not. */
    public List<Path> all() {
        List<Path> all = new ArrayList<>(lists);
        all.add(authorities);
        all.addAll(own.lists());
        return all;
    }

    TrustedAuthorities read() throws IdentityException {
        List<X509Certificate> trusted = ClientTrust.authorities(authorities);
        List<X509CRL> read = new ArrayList<>();
        for (Path file : lists) {
            if (strict || Files.exists(file)) {
                read.addAll(CrlFile.read(file));
            }
        }
        for (Path file : own.listsOf(trusted)) {
            if (Files.exists(file)) {
                read.addAll(CrlFile.read(file));
            }
        }
        return new TrustedAuthorities(trusted, read, revocation(read), clock);
    }

    private Revocation revocation(List<X509CRL> read) {
        if (!lists.isEmpty()) {
            return strict ? Revocation.STRICT : Revocation.LENIENT;
        }
        return read.isEmpty() ? Revocation.NOT_CHECKED : Revocation.LENIENT;
    }
}
