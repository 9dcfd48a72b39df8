package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A user as the API shows it. */
record UserView(
        String name,
        String tenant,
        boolean enabled,
        boolean hasPassword,
        boolean passwordIsInitial,
        @Nullable List<GrantText.View> grants) {
    String state() {
        if (!enabled) {
            return "disabled";
        }
        return passwordIsInitial ? "first password" : "enabled";
    }

    String signsInBy() {
        return hasPassword ? "password" : "directory or token";
    }
}
