package org.outpost.testkit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

class PostgresServerTest {
    @Test
    void databasesAreApartAndBelongToTheirUser() {
        PostgresServer server = PostgresServer.shared();
        PostgresAddress one = server.createDatabase();
        PostgresAddress two = server.createDatabase();

        server.psql(one.name(), "CREATE TABLE mine ()");

        assertThat(server.psql(one.name(), "SELECT to_regclass('mine')")).isEqualTo("mine");
        assertThat(server.psql(two.name(), "SELECT to_regclass('mine')")).isEmpty();
        assertThat(
                        server.psql(
                                one.name(),
                                "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname ="
                                        + " current_database()"))
                .isEqualTo(PostgresServer.USER);
        assertThatThrownBy(() -> server.psql(one.name(), "SELECT nonsense"))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aHungServerAcceptsConnectionsAndAnswersNobody() throws Exception {
        try (PostgresServer server = PostgresServer.start(false)) {
            server.hang();
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
                        5_000);
                socket.setSoTimeout(300);
                // SSLRequest, which is answered by one byte (PostgreSQL manual, "Message Formats")
                socket.getOutputStream().write(new byte[] {0, 0, 0, 8, 4, (byte) 0xd2, 22, 47});
                assertThatThrownBy(() -> socket.getInputStream().read())
                        .isInstanceOf(SocketTimeoutException.class);
            }

            server.resume();

            assertThat(server.psql("postgres", "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void whatWasWrittenIsThereAfterARestart() {
        try (PostgresServer server = PostgresServer.start(true)) {
            PostgresAddress address = server.createDatabase();
            server.psql(address.name(), "CREATE TABLE kept ()");

            server.shutDown();
            assertThatThrownBy(
                            () ->
                                    new Socket(InetAddress.getLoopbackAddress(), server.port())
                                            .close())
                    .isInstanceOf(IOException.class);
            server.start();

            assertThat(server.psql(address.name(), "SELECT to_regclass('kept')")).isEqualTo("kept");
        }
    }
}
