package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A role for some devices as it is typed: {@code ROLE[:GROUP][@TENANT]}. */
final class GrantText {
    private static final Pattern FORM = Pattern.compile("([^:@]+)(?::([^:@]+))?(?:@([^:@]+))?");

    private GrantText() {}

    /** A grant as the API shows it. */
    record View(@Nullable String role, @Nullable String tenant, @Nullable String group) {
        String text() {
            return role
                    + (group == null || group.equals("*") ? "" : ":" + group)
                    + (tenant == null || tenant.isEmpty() ? "" : "@" + tenant);
        }
    }

    static String of(@Nullable List<View> grants) {
        return grants == null || grants.isEmpty()
                ? "-"
                : grants.stream().map(View::text).sorted().collect(Collectors.joining(", "));
    }

    /**
     * What is typed, as the API takes it.
     *
     * @throws CommandFailedException when one is not of that form
     */
    static List<Map<String, String>> parse(List<String> typed) throws CommandFailedException {
        List<Map<String, String>> grants = new ArrayList<>();
        for (String text : typed) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new CommandFailedException(
                        "'"
                                + text
                                + "' is no role for devices; write ROLE, ROLE:GROUP or"
                                + " ROLE[:GROUP]@TENANT, with * for every tenant");
            }
            Map<String, String> grant = new LinkedHashMap<>();
            grant.put("role", form.group(1));
            if (form.group(2) != null) {
                grant.put("group", form.group(2));
            }
            if (form.group(3) != null) {
                grant.put("tenant", form.group(3));
            }
            grants.add(grant);
        }
        return grants;
    }
}
