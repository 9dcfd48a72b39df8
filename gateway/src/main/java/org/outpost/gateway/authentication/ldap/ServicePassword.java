package org.outpost.gateway.authentication.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.PasswordProvider;
import com.unboundid.ldap.sdk.ResultCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The service account's password, read anew for each connection, so that it may be changed. */
public final class ServicePassword extends PasswordProvider {
    private final Path file;

    ServicePassword(Path file) {
        this.file = file;
    }

    /**
     * The first line of the file.
     *
     * @throws IOException when it cannot be read or is empty
     */
    public static String read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (lines.isEmpty() || lines.getFirst().isEmpty()) {
            throw new IOException("the first line, which is the password, is empty");
        }
        return lines.getFirst();
    }

    @Override
    public byte[] getPasswordBytes() throws LDAPException {
        try {
            return read(file).getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LDAPException(
                    ResultCode.LOCAL_ERROR, "the password of the service account cannot be read");
        }
    }
}
