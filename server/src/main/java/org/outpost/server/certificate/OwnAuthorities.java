package org.outpost.server.certificate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * The CAs of this server's own making, and the revocation lists that lie beside them ({@code
 * ca.crl}).
 *
 * @param stores where they are
 */
public record OwnAuthorities(List<CertificateStore> stores) {
    public OwnAuthorities {
        stores = List.copyOf(stores);
    }

    /** The files of all their lists, whether they are there or not. */
    public List<Path> lists() {
        return stores.stream().map(CertificateStore::revocationFile).toList();
    }

    /**
     * The files of the lists of those that are among some authorities.
     *
     * @throws IdentityException when a CA's certificate cannot be read
     */
    public List<Path> listsOf(List<X509Certificate> authorities) throws IdentityException {
        List<Path> lists = new ArrayList<>();
        for (CertificateStore store : stores) {
            if (Files.exists(store.rootFile())
                    && authorities.contains(
                            PemFile.certificates(store.rootFile(), "the CA's certificate")
                                    .getFirst())) {
                lists.add(store.revocationFile());
            }
        }
        return lists;
    }
}
