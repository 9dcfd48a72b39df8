package org.outpost.apf.message;

/**
 * KEEPALIVE_OPTIONS_REPLY (211): the values now in force.
 *
 * @param intervalSeconds unsigned 32 bits
 * @param timeoutSeconds unsigned 32 bits
 */
public record KeepaliveOptionsReply(int intervalSeconds, int timeoutSeconds)
        implements ApfMessage {}
