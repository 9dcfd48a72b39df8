package org.outpost.access.user;

import org.jspecify.annotations.Nullable;
import org.outpost.access.Names;
import org.outpost.access.right.Grant;

import java.time.Instant;
import java.util.List;

/**
 * Somebody who may sign in.
 *
 * @param name as it was written first; compared without regard to case
 * @param tenant whose user; empty for the staff of who runs the server
 * @param hash Argon2id of the password; null for who signs in by a directory alone, or by tokens
 * @param grants what they may do
 * @param enabled whether they may sign in at all
 * @param passwordIsInitial whether the password was given by somebody else and ought to be changed
 * @param created when the user was made
 */
public record User(
        String name,
        String tenant,
        @Nullable String hash,
        List<Grant> grants,
        boolean enabled,
        boolean passwordIsInitial,
        Instant created) {
    /** Takes a copy. */
    public User {
        grants = List.copyOf(grants);
    }

    /** Under which the user is found. */
    public String key() {
        return Names.key(name);
    }

    User with(List<Grant> changed) {
        return new User(name, tenant, hash, changed, enabled, passwordIsInitial, created);
    }

    User withEnabled(boolean changed) {
        return new User(name, tenant, hash, grants, changed, passwordIsInitial, created);
    }

    User withPassword(String changed, boolean initial) {
        return new User(name, tenant, changed, grants, enabled, initial, created);
    }

    /** Leaves the hash out. */
    @Override
    public String toString() {
        return "User[" + name + "]";
    }
}
