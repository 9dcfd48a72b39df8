package org.outpost.inventory.pin;

import java.time.Instant;
import java.util.UUID;

/**
 * A certificate that counts for a device from its first sight on.
 *
 * @param device whose it is
 * @param sha256 SHA-256 of the leaf certificate, 64 hexadecimal digits in lower case
 * @param subject its subject, escaped
 * @param seenAt since when it counts
 */
public record AmtPin(UUID device, String sha256, String subject, Instant seenAt) {}
