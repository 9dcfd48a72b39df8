package org.outpost.access.token;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Caller;

import java.util.UUID;

/**
 * What a one-time token stands for.
 *
 * @param caller who asked for it, with what they might then
 * @param userKey which of our users that is; null for somebody else, such as one whom an identity
 *     provider vouched for
 * @param device the one device that it opens
 */
public record Ticket(Caller caller, @Nullable String userKey, UUID device) {}
