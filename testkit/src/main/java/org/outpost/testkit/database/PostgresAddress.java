package org.outpost.testkit.database;

/**
 * A database on a PostgreSQL server of a test.
 *
 * @param host an address of loopback
 * @param port TCP port
 * @param name of the database
 * @param user its owner, who may sign in without a password
 */
public record PostgresAddress(String host, int port, String name, String user) {
    /** The URL as JDBC writes it, without the user. */
    public String url() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + name;
    }
}
