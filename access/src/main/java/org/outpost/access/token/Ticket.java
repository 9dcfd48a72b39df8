package org.outpost.access.token;

import org.outpost.access.right.Scope;

import java.util.UUID;

/**
 * What a one-time token stands for.
 *
 * @param user key of the user who asked for it
 * @param means how that user signed in
 * @param scope what the token was good for with which it was asked for
 * @param device the one device that it opens
 */
public record Ticket(String user, String means, Scope scope, UUID device) {}
