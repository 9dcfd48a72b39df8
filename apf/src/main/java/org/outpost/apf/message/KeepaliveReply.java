package org.outpost.apf.message;

/**
 * KEEPALIVE_REPLY (209).
 *
 * @param cookie that of the request
 */
public record KeepaliveReply(int cookie) implements ApfMessage {}
