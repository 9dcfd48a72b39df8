package org.outpost.server.certificate;

import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whom a client certificate names: a device by its UUID, or a user.
 *
 * @param commonName the name; a UUID in lower case. At most 64 characters (RFC 5280, appendix A)
 */
public record ClientName(String commonName) {
    private static final int LONGEST = 64;
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** A name is there, and fits. */
    public ClientName {
        if (commonName.isEmpty() || commonName.length() > LONGEST) {
            throw new IllegalArgumentException("1 to " + LONGEST + " characters");
        }
    }

    /**
     * Reads it as operators write it.
     *
     * @throws IdentityException when it is empty, too long, or has control characters
     */
    public static ClientName of(String written) throws IdentityException {
        String name = written.strip();
        if (name.isEmpty()
                || name.length() > LONGEST
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new IdentityException(
                    "a client certificate is made out to a device's UUID or to a user name of at"
                            + " most 64 characters, and '"
                            + written
                            + "' is neither");
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return new ClientName(UUID_FORM.matcher(lower).matches() ? lower : name);
    }

    /** Whether it is a device's UUID. */
    public boolean isUuid() {
        return UUID_FORM.matcher(commonName).matches();
    }

    /** A UUID stands as a URN beside the common name (RFC 9562 §4), a user name there alone. */
    GeneralNames alternatives() {
        return isUuid()
                ? new GeneralNames(
                        new GeneralName(
                                GeneralName.uniformResourceIdentifier, "urn:uuid:" + commonName))
                : new GeneralNames(new GeneralName[0]);
    }
}
