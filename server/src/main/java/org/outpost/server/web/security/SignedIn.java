package org.outpost.server.web.security;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Caller;

/**
 * A caller, and what they showed.
 *
 * @param caller who calls, and what they may do
 * @param userKey which of our users it is; null for somebody else of whatever name
 * @param tokenId the token of ours that they showed; null for another
 */
public record SignedIn(Caller caller, @Nullable String userKey, @Nullable String tokenId) {}
