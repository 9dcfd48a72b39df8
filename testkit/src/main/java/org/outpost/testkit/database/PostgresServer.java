package org.outpost.testkit.database;

import static org.awaitility.Awaitility.await;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.FreePorts;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of Debian's package {@code postgresql}, on a cluster of its own in the folder
 * for temporary files, listening on loopback. It can be hung, shut down and started again. It ends
 * with this process, however that ends.
 *
 * <p>Two users may sign in without a password: {@value #SUPERUSER} and {@value #USER}, who owns the
 * databases that tests get. Every other user needs one.
 */
public final class PostgresServer implements Closeable {
    /** Who may do all. */
    public static final String SUPERUSER = "postgres";

    /** Who owns the databases of tests, and is no superuser. */
    public static final String USER = "outpost";

    /** Whom the server would trust, if it knew a user of that name. */
    public static final String GHOST = "ghost";

    private static final Path PACKAGES = Path.of("/usr/lib/postgresql");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final FreePorts PORTS = new FreePorts();

    private final Path programs;
    private final Path folder;
    private final boolean durable;
    private final int port = PORTS.next();
    private final AtomicInteger databases = new AtomicInteger();
    private final Thread cleaner = new Thread(this::end, "postgres-cleaner");
    private @Nullable Process process;

    private PostgresServer(Path programs, boolean durable) throws IOException {
        this.programs = programs;
        this.durable = durable;
        this.folder = Files.createTempDirectory("outpost-postgres-");
    }

    private static final class Shared {
        static final PostgresServer SERVER = PostgresServer.start(false);
    }

    /** The one server of this process, started at the first call. Not to be hung or shut down. */
    public static PostgresServer shared() {
        requireInstalled();
        return Shared.SERVER;
    }

    /**
     * Makes a cluster and starts a server on it.
     *
     * @param durable whether commits are flushed to the disk, as an operator's server would do
     */
    public static PostgresServer start(boolean durable) {
        Path programs = requireInstalled();
        try {
            PostgresServer server = new PostgresServer(programs, durable);
            Runtime.getRuntime().addShutdownHook(server.cleaner);
            server.initialise();
            server.start();
            server.psql("postgres", "CREATE ROLE " + USER + " LOGIN");
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of the newest version; skips the test, or fails it in CI, where there is none. */
    private static Path requireInstalled() {
        Optional<Path> newest = newestPrograms();
        if (newest.isEmpty()) {
            String reason = "Debian's package postgresql is not installed";
            if (Boolean.parseBoolean(System.getenv("CI"))) {
                throw new IllegalStateException(reason + ", and CI may skip nothing");
            }
            Assumptions.abort(reason);
        }
        return newest.orElseThrow();
    }

    private static Optional<Path> newestPrograms() {
        if (!Files.isDirectory(PACKAGES)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(PACKAGES)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparingInt(PostgresServer::version));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int version(Path programs) {
        String name = programs.getName(programs.getNameCount() - 2).toString();
        return name.matches("[0-9]{1,4}") ? Integer.parseInt(name) : 0;
    }

    private void initialise() throws IOException {
        if (isRoot()) {
            // The server refuses to run as root.
            run("chown", SUPERUSER, folder.toString());
        }
        List<String> initdb = asServer();
        initdb.addAll(
                List.of(
                        programs.resolve("initdb").toString(),
                        "--pgdata=" + data(),
                        "--username=" + SUPERUSER,
                        "--auth=trust",
                        "--encoding=UTF8",
                        "--locale=C.UTF-8",
                        "--no-sync"));
        run(initdb.toArray(String[]::new));
        String trusted = SUPERUSER + "," + USER + "," + GHOST;
        Files.writeString(
                data().resolve("pg_hba.conf"),
                "host all "
                        + trusted
                        + " 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private List<String> asServer() {
        return new ArrayList<>(
                isRoot()
                        ? List.of(
                                "setpriv",
                                "--reuid=" + SUPERUSER,
                                "--regid=" + SUPERUSER,
                                "--clear-groups")
                        : List.of());
    }

    private static String run(String... words) {
        return Command.of(words).within(PATIENCE).run().succeeded().out();
    }

    /** Starts it again after {@link #shutDown}; returns when it answers. */
    public void start() {
        List<String> command = asServer();
        command.addAll(
                List.of(
                        "sh",
                        "-c",
                        // Its standard input ends with the process that started it.
                        "\"$@\" <&- & server=$!; read -r line; kill -INT $server; wait $server",
                        "sh",
                        programs.resolve("postgres").toString(),
                        "-D",
                        data().toString()));
        for (String setting :
                List.of(
                        "port=" + port,
                        "listen_addresses=127.0.0.1",
                        "unix_socket_directories=",
                        "shared_buffers=16MB",
                        "max_connections=60",
                        "fsync=" + durable,
                        "synchronous_commit=" + durable,
                        "full_page_writes=" + durable,
                        "log_line_prefix=%t [%p] %d ")) {
            command.addAll(List.of("-c", setting));
        }
        try {
            process =
                    new ProcessBuilder(command)
                            .directory(new File("/"))
                            .redirectErrorStream(true)
                            .redirectOutput(
                                    ProcessBuilder.Redirect.appendTo(
                                            folder.resolve("server.log").toFile()))
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String isReady = programs.resolve("pg_isready").toString();
        await("PostgreSQL answers on port " + port)
                .atMost(PATIENCE)
                .until(
                        () ->
                                Command.of(isReady, "-q", "-h", "127.0.0.1", "-p", "" + port)
                                                .run()
                                                .exit()
                                        == 0);
    }

    /** An empty database that belongs to {@link #USER}. */
    public PostgresAddress createDatabase() {
        String name = "test_" + databases.incrementAndGet();
        psql("postgres", "CREATE DATABASE " + name + " OWNER " + USER);
        return new PostgresAddress("127.0.0.1", port, name, USER);
    }

    /** Runs SQL as the superuser; what it prints comes back without headings. */
    public String psql(String database, String sql) {
        return run(
                        programs.resolve("psql").toString(),
                        "--no-psqlrc",
                        "--host=127.0.0.1",
                        "--port=" + port,
                        "--username=" + SUPERUSER,
                        "--dbname=" + database,
                        "--set=ON_ERROR_STOP=1",
                        "--tuples-only",
                        "--no-align",
                        "--command=" + sql)
                .strip();
    }

    /** TCP port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Stops every one of its processes where it stands: connections stay open, nobody answers. */
    public void hang() {
        signal("STOP");
    }

    /** Lets it go on after {@link #hang}. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String signal) {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("PostgreSQL does not run");
        }
        // The parent comes first, so that it makes no more children meanwhile.
        ProcessHandle server = server(running);
        run("kill", "-" + signal, "" + server.pid());
        server.descendants()
                .forEach(child -> Command.of("kill", "-" + signal, "" + child.pid()).run());
    }

    private static ProcessHandle server(Process shell) {
        return shell.children()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("PostgreSQL has ended"));
    }

    /** Ends it as an administrator does who does not wait for clients. */
    public void shutDown() {
        Process running = process;
        process = null;
        if (running == null) {
            return;
        }
        try {
            running.getOutputStream().close();
            if (!running.waitFor(30, TimeUnit.SECONDS)) {
                running.descendants().forEach(ProcessHandle::destroyForcibly);
                running.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it and removes its cluster. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(cleaner);
        end();
    }

    private void end() {
        Process running = process;
        if (running != null && running.isAlive()) {
            resume();
        }
        shutDown();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(PostgresServer::delete);
        } catch (IOException | UncheckedIOException e) {
            // the folder for temporary files is cleaned by others too
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
