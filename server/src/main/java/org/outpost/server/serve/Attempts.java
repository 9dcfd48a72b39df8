package org.outpost.server.serve;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;
import org.outpost.database.Database;
import org.outpost.gateway.attempt.AttemptListener;
import org.outpost.inventory.attempt.AttemptLedger;
import org.outpost.inventory.attempt.AttemptSettings;
import org.outpost.server.configuration.Configuration;
import org.outpost.server.configuration.ConnectionLogSettings;
import org.outpost.server.logging.ConnectionLog;

import java.nio.file.Path;
import java.time.Duration;

/** What remembers connections to the tunnel door, made from the configuration. */
final class Attempts implements AutoCloseable {
    private static final Duration WRITE_EVERY = Duration.ofSeconds(3);

    private final AttemptLedger ledger;
    private final @Nullable ConnectionLog connections;

    Attempts(Configuration configuration, Path folder, Database database, MeterRegistry meters) {
        this.ledger =
                new AttemptLedger(
                        database,
                        new AttemptSettings(
                                configuration.attempts().addresses(),
                                configuration.attempts().keep(),
                                WRITE_EVERY));
        Gauge.builder("outpost.attempts.entries", ledger, AttemptLedger::size)
                .description("Addresses and devices that the ledger of attempts remembers")
                .register(meters);
        FunctionCounter.builder("outpost.attempts.lost", ledger, AttemptLedger::lost)
                .description("Attempts that were not taken down because too many waited")
                .register(meters);
        ConnectionLogSettings settings = configuration.logging().connections();
        this.connections = settings.enabled() ? connectionLog(settings, folder, meters) : null;
    }

    private static ConnectionLog connectionLog(
            ConnectionLogSettings settings, Path folder, MeterRegistry meters) {
        Path file = settings.file();
        ConnectionLog connections =
                new ConnectionLog(
                        file == null ? folder.resolve("connections.log") : file, settings);
        FunctionCounter.builder("outpost.connection.log.lost", connections, ConnectionLog::lost)
                .description("Connections that the log of connections had no room for")
                .register(meters);
        return connections;
    }

    AttemptLedger ledger() {
        return ledger;
    }

    AttemptListener listener() {
        ConnectionLog log = connections;
        return log == null ? ledger : AttemptListener.all(ledger, log);
    }

    @Override
    public void close() {
        ConnectionLog log = connections;
        if (log != null) {
            log.close();
        }
        ledger.close();
    }
}
