package org.outpost.access.secret;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Which secret. Name and secret are bound to each other: a row of the database that is given
 * another name cannot be decrypted.
 *
 * @param kind what it is, such as {@code amt}: a lower-case letter, then at most 31 of {@code a-z
 *     0-9 -}
 * @param subject whose it is, such as a device's UUID; 1 to 128 characters
 * @param tenant the tenant it belongs to; may be empty; at most 64 characters
 */
public record SecretName(String kind, String subject, String tenant) {
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final int SUBJECT = 128;
    private static final int TENANT = 64;

    /**
     * Checks.
     *
     * @throws IllegalArgumentException when a part is not as it must be
     */
    public SecretName {
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("\"" + kind + "\" is no kind of secret");
        }
        if (subject.isEmpty() || subject.length() > SUBJECT || subject.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "the subject of a secret has 1 to " + SUBJECT + " characters");
        }
        if (tenant.length() > TENANT || tenant.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a tenant has at most " + TENANT + " characters");
        }
    }

    /** A secret of a device. */
    public static SecretName ofDevice(String kind, UUID device, String tenant) {
        return new SecretName(kind, device.toString(), tenant);
    }
}
