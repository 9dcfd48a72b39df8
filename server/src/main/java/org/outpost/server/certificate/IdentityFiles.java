package org.outpost.server.certificate;

import org.outpost.server.datadir.AtomicFile;
import org.outpost.server.datadir.FileProblem;
import org.outpost.server.datadir.Visibility;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a certificate goes that is issued for somebody else: PEM, the chain in one file and the
 * key, PKCS #8 with mode 0600, in another. Nothing that is there is ever overwritten.
 *
 * @param certificate the file of the chain
 * @param key the file of the key
 */
public record IdentityFiles(Path certificate, Path key) {
    /**
     * The files of a name in a folder; what does not belong into a file name becomes {@code _}.
     *
     * @throws IdentityException when one of them is there, or the folder is not
     */
    public static IdentityFiles in(Path folder, String name) throws IdentityException {
        if (!Files.isDirectory(folder)) {
            throw new IdentityException("there is no folder " + folder + ": make it first");
        }
        String file = name.replaceAll("[^\\p{Alnum}@._-]", "_").replaceFirst("^\\.", "_");
        IdentityFiles files =
                new IdentityFiles(folder.resolve(file + ".crt"), folder.resolve(file + ".key"));
        for (Path each : List.of(files.certificate, files.key)) {
            if (Files.exists(each, LinkOption.NOFOLLOW_LINKS)) {
                throw new IdentityException(
                        each + " is there already: move it away, or choose another folder");
            }
        }
        return files;
    }

    /**
     * Writes them.
     *
     * @throws IdentityException when that fails
     */
    public void write(TlsIdentity identity) throws IdentityException {
        AtomicFile secret = new AtomicFile(key, Visibility.PRIVATE);
        AtomicFile shown = new AtomicFile(certificate, Visibility.PUBLIC);
        try {
            secret.prepare(PemFile.text(identity.key()));
            shown.prepare(PemFile.text(identity.chain()));
            secret.commit();
            shown.commit();
        } catch (IOException e) {
            throw new IdentityException(
                    "cannot write " + certificate + " and " + key + ": " + FileProblem.of(e), e);
        }
    }
}
