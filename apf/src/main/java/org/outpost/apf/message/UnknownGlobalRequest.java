package org.outpost.apf.message;

/**
 * A global request whose name is not known. The length of its body is unknown too, so what follows
 * may no longer be a message: the next type byte decides.
 *
 * @param name at most 2048 bytes
 */
public record UnknownGlobalRequest(String name, boolean wantReply) implements GlobalRequest {}
