package org.outpost.access.secret;

import java.time.Instant;

/**
 * A row of the vault: encrypted, and good for nothing without the key.
 *
 * @param name which secret
 * @param keyId which key encrypts its data key
 * @param dataKey the row's own key, encrypted; Base64
 * @param nonce of the content; Base64
 * @param ciphertext the content, encrypted; Base64
 * @param updated when it was put there, or encrypted anew
 */
record SealedSecret(
        SecretName name,
        String keyId,
        String dataKey,
        String nonce,
        String ciphertext,
        Instant updated) {}
