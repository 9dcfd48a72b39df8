package org.outpost.database;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Whether the database answers. Says so once when it goes, and once when it returns. */
final class Availability {
    private static final Logger log = LoggerFactory.getLogger(Availability.class);

    private final String database;
    private final AtomicReference<@Nullable Outage> outage = new AtomicReference<>();
    private volatile boolean refusing;

    /**
     * At first it answers.
     *
     * @param database how the log calls it
     */
    Availability(String database) {
        this.database = database;
    }

    Optional<Outage> outage() {
        return Optional.ofNullable(outage.get());
    }

    /** Whether asking is of no use now. */
    boolean isRefusing() {
        return refusing;
    }

    /** It answers, but whether it can be written only a write will tell. */
    void maybeBack() {
        refusing = false;
    }

    void gone(String reason) {
        refusing = true;
        if (outage.compareAndSet(null, new Outage(Instant.now(), reason))) {
            log.atError()
                    .addKeyValue("database", database)
                    .addKeyValue("reason", reason)
                    .log(
                            "the database does not answer; tunnels and doors go on from memory, and"
                                    + " it is tried again every second");
        }
    }

    void answers() {
        refusing = false;
        Outage over = outage.getAndSet(null);
        if (over != null) {
            log.atInfo()
                    .addKeyValue("database", database)
                    .addKeyValue("after", Duration.between(over.since(), Instant.now()))
                    .log("the database answers again");
        }
    }

    DatabaseGoneException refusal() {
        return new DatabaseGoneException(
                "The database does not answer"
                        + outage().map(now -> ": " + now.reason()).orElse(""));
    }
}
