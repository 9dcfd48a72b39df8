package org.outpost.inventory.job;

/**
 * Who started a job.
 *
 * @param key by which they are found again; no two people have the same
 * @param name for people and for the audit trail
 * @param tenant whose user; empty for who runs the server
 * @param means how they had signed in
 * @param address whence they called; empty for a schedule
 * @param rights whatever is needed to ask for their rights again, in the words of who asks; holds
 *     no secret
 */
public record JobOwner(
        String key, String name, String tenant, String means, String address, String rights) {}
