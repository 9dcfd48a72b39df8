package org.outpost.server.web;

import org.outpost.database.Outage;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * The database's part of the health. Without it tunnels and doors go on from memory, so a server
 * must not be taken out of service for that: it is {@value #DEGRADED}, with status 200.
 */
final class DatabaseHealth implements HealthIndicator {
    static final String DEGRADED = "DEGRADED";

    private final Supplier<Optional<Outage>> outage;

    DatabaseHealth(Supplier<Optional<Outage>> outage) {
        this.outage = outage;
    }

    @Override
    public Health health() {
        return outage.get()
                .map(
                        now ->
                                Health.status(DEGRADED)
                                        .withDetail("since", now.since().toString())
                                        .withDetail("reason", now.reason())
                                        .build())
                .orElseGet(() -> Health.up().build());
    }
}
