package org.outpost.inventory.job;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Whose jobs are looked at: those of one owner, and all of some tenants.
 *
 * @param owner key of the owner
 * @param tenants all jobs of these; null for all jobs of everybody
 */
public record JobViewer(String owner, @Nullable Set<String> tenants) {
    /** Takes a copy. */
    public JobViewer {
        tenants = tenants == null ? null : Set.copyOf(tenants);
    }

    /** Whether they may look at a job. */
    public boolean sees(JobOwner of) {
        return tenants == null || of.key().equals(owner) || tenants.contains(of.tenant());
    }

    /** What the columns {@code owner} and {@code tenant} of a row must satisfy, in SQL. */
    public String condition() {
        StringBuilder condition = new StringBuilder("(1 = 1");
        if (tenants != null) {
            condition.setLength(0);
            condition.append("(owner = :owner");
            for (int i = 0; i < tenants.size(); i++) {
                condition.append(" OR tenant = :tenant").append(i);
            }
        }
        return condition.append(')').toString();
    }

    /** The values of the {@link #condition}. */
    public Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        if (tenants != null) {
            values.put("owner", owner);
            int number = 0;
            for (String tenant : tenants) {
                values.put("tenant" + number, tenant);
                number++;
            }
        }
        return values;
    }
}
