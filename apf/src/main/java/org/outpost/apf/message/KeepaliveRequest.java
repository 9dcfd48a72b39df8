package org.outpost.apf.message;

/**
 * KEEPALIVE_REQUEST (208).
 *
 * @param cookie comes back in the reply
 */
public record KeepaliveRequest(int cookie) implements ApfMessage {}
