package org.outpost.apf.message;

/**
 * SERVICE_ACCEPT (6).
 *
 * @param service the name that was asked for
 */
public record ServiceAccept(String service) implements ApfMessage {}
