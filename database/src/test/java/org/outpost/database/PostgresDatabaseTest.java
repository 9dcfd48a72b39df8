package org.outpost.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.testkit.database.PostgresAddress;
import org.outpost.testkit.database.PostgresServer;
import org.outpost.testkit.process.FreePorts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** What an operator can get wrong with PostgreSQL, and what the start says about it. */
class PostgresDatabaseTest {
    private static final List<String> MIGRATIONS =
            List.of("classpath:org/outpost/database/migration");

    @TempDir private Path folder;
    private final PostgresServer server = PostgresServer.shared();
    private final PostgresAddress address = server.createDatabase();

    @Test
    void aServerThatDoesNotRunIsNamed() {
        int port = new FreePorts().next();

        assertRefused("postgresql://127.0.0.1:" + port + "/outpost", "outpost", null)
                .hasMessageContaining("outpost on 127.0.0.1:" + port)
                .hasMessageContaining("Does PostgreSQL run there");
    }

    @Test
    void aDatabaseThatIsMissingComesWithTheCommandThatMakesIt() {
        assertRefused(address.url().replace(address.name(), "nowhere"), PostgresServer.USER, null)
                .hasMessageContaining("CREATE DATABASE nowhere OWNER outpost ENCODING 'UTF8'");
    }

    @Test
    void thePasswordComesFromItsFileAndIsReadAnewForEachConnection() throws Exception {
        String user = address.name() + "_user";
        server.psql("postgres", "CREATE ROLE " + user + " LOGIN PASSWORD 'Geheim1!'");
        server.psql(address.name(), "GRANT CREATE, USAGE ON SCHEMA public TO " + user);
        Path file = folder.resolve("database.password");

        assertRefused(address.url(), user, null)
                .hasMessageContaining("name it by database.password-file");
        Files.writeString(file, "Falsch1!\n");
        assertRefused(address.url(), user, file)
                .hasMessageContaining("password in " + file)
                .hasMessageNotContaining("Falsch1!");
        Files.delete(file);
        assertRefused(address.url(), user, file).hasMessageContaining("cannot be read");
        Files.writeString(file, "Geheim1!\n");
        try (Database database = open(address.url(), user, file)) {
            assertThat(write(database, "in")).isOne();
            server.psql("postgres", "ALTER ROLE " + user + " PASSWORD 'Neu2!'");
            Files.writeString(file, "Neu2!\n");
            cutConnections(user);

            assertThat(write(database, "in again")).isOne();
            assertThat(database.outage()).isEmpty();
        }
    }

    @Test
    void aUserWhoIsMissingIsNamedWithWhatMakesHim() {
        assertRefused(address.url(), PostgresServer.GHOST, null)
                .hasMessageContaining("role \"ghost\" does not exist")
                .hasMessageContaining("CREATE ROLE");
    }

    @Test
    void aUserWhoMayNotMakeTablesIsToldWhatIsMissing() {
        PostgresAddress other = server.createDatabase();
        server.psql(
                "postgres",
                "ALTER DATABASE " + other.name() + " OWNER TO " + PostgresServer.SUPERUSER);

        assertRefused(other.url(), PostgresServer.USER, null)
                .hasMessageContaining("granted CREATE on its schema");
    }

    @Test
    void aDatabaseWithTablesOfSomebodyElseIsRefused() {
        server.psql(address.name(), "CREATE TABLE theirs ()");

        assertRefused(address.url(), PostgresServer.USER, null).hasMessageContaining("non-empty");
    }

    @Test
    void aDatabaseInAnotherEncodingIsRefused() {
        String name = address.name() + "_latin";
        server.psql(
                "postgres",
                "CREATE DATABASE "
                        + name
                        + " OWNER outpost ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");

        assertRefused(address.url().replace(address.name(), name), PostgresServer.USER, null)
                .hasMessageContaining("its encoding is LATIN1");
    }

    @Test
    void aSchemaOfItsOwnIsUsedAndOneThatIsMissingIsNamed() throws Exception {
        assertRefused(address.url() + "?currentSchema=mps", PostgresServer.USER, null)
                .hasMessageContaining("CREATE SCHEMA");
        server.psql(address.name(), "CREATE SCHEMA mps AUTHORIZATION outpost");

        try (Database database =
                open(address.url() + "?currentSchema=mps", PostgresServer.USER, null)) {
            assertThat(write(database, "here")).isOne();
        }

        assertThat(server.psql(address.name(), "SELECT text FROM mps.note")).isEqualTo("here");
    }

    @Test
    void aSecondServerOnTheSameDatabaseIsRefused() throws Exception {
        try (Database first = open()) {
            assertRefused(address.url(), PostgresServer.USER, null)
                    .hasMessageContaining("another Outpost server uses it (from 127.0.0.1, since ");
            assertThat(write(first, "undisturbed")).isOne();
        }

        open().close();
    }

    @Test
    void aServerThatLostItsConnectionTakesItsPlaceAgain() throws Exception {
        try (Database database = open()) {
            assertThat(write(database, "before")).isOne();

            cutConnections(PostgresServer.USER);

            assertThat(write(database, "after")).isOne();
            assertThat(database.outage()).isEmpty();
            assertRefused(address.url(), PostgresServer.USER, null)
                    .hasMessageContaining("another Outpost server");
        }
    }

    @Test
    void readsDoNotWrite() throws Exception {
        try (Database database = open()) {
            assertThatThrownBy(
                            () ->
                                    get(
                                            database.read(
                                                    handle ->
                                                            handle.execute(
                                                                    "INSERT INTO note (text) VALUES"
                                                                            + " ('x')"))))
                    .hasMessageContaining("read-only transaction");
        }
    }

    private Database open() {
        return open(address.url(), PostgresServer.USER, null);
    }

    private static Database open(String url, String user, @Nullable Path passwordFile) {
        return Database.postgres(PostgresSettings.of(url, user, passwordFile, 2), MIGRATIONS);
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(
            String url, String user, @Nullable Path passwordFile) {
        return assertThatThrownBy(() -> open(url, user, passwordFile).close())
                .isInstanceOf(DatabaseException.class);
    }

    private void cutConnections(String user) {
        server.psql(
                "postgres",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                        + address.name()
                        + "' AND usename = '"
                        + user
                        + "'");
    }

    private static int write(Database database, String text) throws Exception {
        return get(
                database.write(
                        handle -> handle.execute("INSERT INTO note (text) VALUES (?)", text)));
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
