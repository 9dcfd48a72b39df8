package org.outpost.gateway.authentication;

/** What a password file says about one user. */
sealed interface PasswordEntry {
    /**
     * A password that is written in clear.
     *
     * @param mac its HMAC-SHA-256 under the key of the object that read it
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by MessageDigest alone
    record Clear(byte[] mac) implements PasswordEntry {}

    /** A password of which only a slow hash is written. */
    record Hashed(Argon2Hash hash) implements PasswordEntry {}
}
