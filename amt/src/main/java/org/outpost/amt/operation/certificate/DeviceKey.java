package org.outpost.amt.operation.certificate;

/**
 * A key pair in the device (AMT_PublicPrivateKeyPair).
 *
 * @param instanceId its key, such as {@code Intel(r) AMT Key: Handle: 0}
 * @param elementName its name for people
 * @param derKey the public part, base64 of a PKCS #1 RSAPublicKey
 */
public record DeviceKey(String instanceId, String elementName, String derKey) {}
