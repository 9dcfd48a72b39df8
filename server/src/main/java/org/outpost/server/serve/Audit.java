package org.outpost.server.serve;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.outpost.access.audit.AuditReader;
import org.outpost.access.audit.AuditRetention;
import org.outpost.access.audit.AuditSettings;
import org.outpost.access.audit.AuditSink;
import org.outpost.access.audit.AuditTrail;
import org.outpost.access.audit.SigningKeyFile;
import org.outpost.access.audit.SigningKeys;
import org.outpost.access.audit.sink.JsonLinesFile;
import org.outpost.access.audit.sink.SyslogSink;
import org.outpost.access.audit.sink.SyslogTarget;
import org.outpost.access.audit.verify.AuditVerifier;
import org.outpost.access.audit.verify.Verification;
import org.outpost.access.secret.KeyFileException;
import org.outpost.database.Database;
import org.outpost.server.configuration.AuditConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The audit trail, put together from the configuration. */
final class Audit implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Audit.class);
    private static final Duration RETENTION = Duration.ofHours(1);

    private final AuditReader reader;
    private final SigningKeys keys;
    private final AuditTrail trail;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("outpost-audit-retention").daemon().factory());

    /** Looks whether the end of the trail is sound, and goes on from there. Blocks. */
    Audit(AuditConfiguration settings, Path folder, Database database, MeterRegistry meters)
            throws StartFailedException {
        reader = new AuditReader(database);
        try {
            keys =
                    new SigningKeyFile(folder.resolve(SigningKeyFile.NAME))
                            .readOrMake(reader::isSigned);
        } catch (KeyFileException e) {
            throw new StartFailedException(String.valueOf(e.getMessage()), e);
        }
        if (new AuditVerifier(reader, keys.trusted()).verifyTail()
                instanceof Verification.Broken broken) {
            log.atError()
                    .addKeyValue("entry", broken.sequence())
                    .addKeyValue("fault", broken.fault())
                    .addKeyValue("reason", broken.reason())
                    .log("the audit trail is damaged; it goes on behind the damage");
        }
        trail =
                new AuditTrail(
                        database,
                        keys,
                        AuditSettings.DEFAULT,
                        sinks(settings, meters),
                        Clock.systemUTC());
        Gauge.builder("outpost.audit.waiting", trail, AuditTrail::waiting)
                .description("Entries of the audit trail that wait for the database")
                .register(meters);
        FunctionCounter.builder("outpost.audit.lost", trail, AuditTrail::lost)
                .description("Entries for which there was no room")
                .register(meters);
        AuditRetention retention =
                new AuditRetention(database, trail, settings.keep(), Clock.systemUTC());
        clock.scheduleWithFixedDelay(
                () -> retain(retention),
                RETENTION.toSeconds(),
                RETENTION.toSeconds(),
                TimeUnit.SECONDS);
    }

    private static void retain(AuditRetention retention) {
        retention
                .run()
                .whenComplete(
                        (removed, failure) -> {
                            if (failure != null) {
                                log.atWarn()
                                        .addKeyValue("reason", failure.getMessage())
                                        .log("old entries of the audit trail could not be removed");
                            }
                        });
    }

    private static List<AuditSink> sinks(AuditConfiguration settings, MeterRegistry meters)
            throws StartFailedException {
        List<AuditSink> sinks = new ArrayList<>();
        Path file = settings.file();
        if (file != null) {
            JsonLinesFile lines = new JsonLinesFile(file);
            dropped("file", lines, JsonLinesFile::dropped, meters);
            sinks.add(lines);
        }
        String syslog = settings.syslog();
        if (syslog != null) {
            SyslogSink sink = new SyslogSink(target(syslog), hostName());
            dropped("syslog", sink, SyslogSink::dropped, meters);
            sinks.add(sink);
        }
        return sinks;
    }

    private static <T> void dropped(
            String copy, T sink, ToDoubleFunction<T> count, MeterRegistry meters) {
        FunctionCounter.builder("outpost.audit.copy.dropped", sink, count)
                .tag("copy", copy)
                .description("Entries that a copy of the audit trail could not take")
                .register(meters);
    }

    /** Reads {@code unix:PATH}, {@code udp:HOST:PORT} or {@code tcp:HOST:PORT}. */
    static SyslogTarget target(String text) throws StartFailedException {
        int kind = text.indexOf(':');
        int port = text.lastIndexOf(':');
        try {
            if (text.startsWith("unix:") && text.length() > 5) {
                return new SyslogTarget.Unix(Path.of(text.substring(5)));
            }
            if (port > kind) {
                String host = text.substring(kind + 1, port);
                int number = Integer.parseInt(text.substring(port + 1));
                if (text.startsWith("udp:")) {
                    return new SyslogTarget.Udp(host, number);
                }
                if (text.startsWith("tcp:")) {
                    return new SyslogTarget.Tcp(host, number);
                }
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new StartFailedException(
                "audit.syslog: '"
                        + text
                        + "' is no target; write unix:/dev/log, udp:HOST:PORT or tcp:HOST:PORT");
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "outpost";
        }
    }

    AuditReader reader() {
        return reader;
    }

    SigningKeys keys() {
        return keys;
    }

    AuditTrail trail() {
        return trail;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        trail.close();
    }
}
