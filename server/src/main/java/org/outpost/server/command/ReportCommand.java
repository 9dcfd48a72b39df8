package org.outpost.server.command;

import org.jspecify.annotations.Nullable;
import org.outpost.server.report.ConnectionReport;
import org.outpost.server.report.Report;
import org.outpost.server.report.ReportFormats;
import org.outpost.server.report.ReportMoment;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code outpost report}. */
@Command(
        name = "report",
        description = {
            "Count open connections, connects, disconnects and errors by hour, day or cause, from"
                + " the log of connections. Needs no running server. What cannot be read is told on"
                + " standard error.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost report --by day --from 2026-11-01",
            "  outpost report --by cause --format csv",
            "  outpost report --file /var/lib/outpost/connections.log --format json",
        },
        mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description =
                    "Data folder of the server, where connections.log lies. Default:"
                            + " $OUTPOST_DATA_DIR, else the folder 'data' of the installation.")
    private @Nullable Path dataDirectory;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description =
                    "The log of connections, where it is not in the data folder. Its former files"
                            + " are read too.")
    private @Nullable Path file;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "From when, such as 2026-11-21, 2026-11-21T14:00 or 2026-11-21T14:00Z.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Until when, not included.")
    private @Nullable String to;

    @Option(
            names = "--by",
            defaultValue = "hour",
            description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private By by = By.hour;

    @Option(
            names = "--format",
            defaultValue = "table",
            description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.table;

    /** What the rows stand for; written as on the command line. */
    enum By {
        hour,
        day,
        cause
    }

    /** For whom the report is; written as on the command line. */
    enum Format {
        table,
        csv,
        json
    }

    @Override
    public Integer call() {
        ZoneId zone = ZoneId.systemDefault();
        Instant begin = moment("--from", from, zone, Instant.MIN);
        Instant end = moment("--to", to, zone, Instant.MAX);
        Path log = log();
        PrintWriter err = spec.commandLine().getErr();
        try {
            ConnectionReport read =
                    ConnectionReport.read(
                            log,
                            begin,
                            end,
                            zone,
                            by == By.day ? ChronoUnit.DAYS : ChronoUnit.HOURS);
            read.problems().forEach(problem -> err.println("outpost: " + problem));
            print(read, zone);
            return read.lines() > 0 || read.problems().isEmpty()
                    ? spec.exitCodeOnSuccess()
                    : spec.exitCodeOnExecutionException();
        } catch (IOException e) {
            err.println("outpost: " + failure(log, e));
            return spec.exitCodeOnExecutionException();
        } finally {
            err.flush();
            spec.commandLine().getOut().flush();
        }
    }

    private static String failure(Path log, IOException e) {
        return e instanceof NoSuchFileException
                ? "there is no log of connections "
                        + log
                        + "; name the server's data folder with --data-dir, or the log with --file"
                        + " (logging.connections in the server's configuration)"
                : log + " cannot be read: " + Reason.of(e);
    }

    private Path log() {
        Path written = file;
        if (written != null) {
            return written;
        }
        Path folder = dataDirectory;
        return (folder == null ? DefaultDataDirectory.ofThisProcess().path() : folder)
                .resolve("connections.log");
    }

    private Instant moment(String option, @Nullable String text, ZoneId zone, Instant otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            return ReportMoment.parse(text, zone);
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    option
                            + ": '"
                            + TerminalText.visible(text)
                            + "' is no time; write one such as 2026-11-21, 2026-11-21T14:00 or"
                            + " 2026-11-21T14:00Z",
                    e);
        }
    }

    private void print(ConnectionReport read, ZoneId zone) {
        PrintWriter out = spec.commandLine().getOut();
        ReportFormats formats = new ReportFormats(read.report(), zone);
        if (format == Format.json) {
            out.println(formats.json(read.problems()));
            return;
        }
        List<List<String>> rows = by == By.cause ? formats.causeRows() : formats.periodRows();
        if (format == Format.csv) {
            rows.forEach(row -> out.print(ReportFormats.csv(row) + "\r\n"));
            return;
        }
        table(rows).print(out, TerminalSize.columns(System.getenv()));
        out.println(summary(read.report()));
    }

    private static Table table(List<List<String>> rows) {
        Table.Column[] columns =
                rows.getFirst().stream().map(ReportCommand::column).toArray(Table.Column[]::new);
        Table table = new Table(columns);
        rows.stream().skip(1).forEach(row -> table.add(row.toArray(String[]::new)));
        return table;
    }

    private static Table.Column column(String head) {
        String title = head.toUpperCase(Locale.ROOT);
        return switch (head) {
            case "start", "first", "last", "event", "cause" -> Table.Column.whole(title);
            default -> Table.Column.number(title);
        };
    }

    private static String summary(Report report) {
        return HumanFormat.count(report.connects(), "connect")
                + ", "
                + HumanFormat.count(report.disconnects(), "disconnect")
                + ", "
                + HumanFormat.count(report.failures(), "failure")
                + "; open at the end "
                + report.open()
                + ", at most "
                + report.peak()
                + "."
                + (report.lost() > 0 ? " The log had no room for " + report.lost() + " more." : "");
    }
}
