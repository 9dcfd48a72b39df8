package org.outpost.amt.operation.certificate;

/**
 * The hash of a root that the device accepts for being set up (AMT_ProvisioningCertificateHash).
 *
 * @param instanceId its key
 * @param description its name for people
 * @param hashType 0 MD5, 1 SHA-1, 2 SHA-256, 3 SHA-384
 * @param hashData the hash, base64
 * @param enabled whether it counts
 * @param isDefault whether the maker put it there
 */
public record RootHash(
        String instanceId,
        String description,
        int hashType,
        String hashData,
        boolean enabled,
        boolean isDefault) {}
