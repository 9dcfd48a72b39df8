package org.outpost.server.web.account;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.DeviceGroup;
import org.outpost.access.right.Grant;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A role for some devices, as the API takes and shows it.
 *
 * @param role name of the role
 * @param tenant whose devices; left out for the tenant of the user, {@code *} for all
 * @param group name of a group of devices; left out or {@code *} for all of the tenant
 */
record GrantView(@Nullable String role, @Nullable String tenant, @Nullable String group) {
    static List<GrantView> of(List<Grant> grants) {
        return grants.stream()
                .map(grant -> new GrantView(grant.role(), grant.tenant(), grant.group()))
                .toList();
    }

    /** In one line, for the audit trail. */
    static String text(List<Grant> grants) {
        return grants.stream()
                .map(grant -> grant.role() + ":" + grant.group() + "@" + grant.tenant())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    Grant in(String home) {
        return new Grant(
                role == null ? "" : role,
                tenant == null ? home : tenant,
                group == null ? DeviceGroup.ALL : group);
    }
}
