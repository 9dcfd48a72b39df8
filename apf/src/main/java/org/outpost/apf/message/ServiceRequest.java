package org.outpost.apf.message;

/**
 * SERVICE_REQUEST (5).
 *
 * @param service the name asked for, at most 2048 bytes; see {@link ApfConstants}
 */
public record ServiceRequest(String service) implements ApfMessage {}
