package org.outpost.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes a schema this server's alone as long as a connection lives, by an advisory lock of
 * PostgreSQL; and finds out whether the server is fit to be used at all.
 */
final class PostgresClaim {
    /** SQL state of a claim that somebody else holds: object in use (PostgreSQL appendix A). */
    static final String HELD = "55006";

    /** SQL state of a server that is not fit: feature not supported. */
    static final String UNFIT = "0A000";

    private static final int OLDEST_VERSION = 130_000;

    /** First half of the lock's key, "Outp"; the other is the schema. */
    private static final int HOUSE = 0x4f757470;

    private PostgresClaim() {}

    /**
     * Takes the lock of the schema that this connection writes to.
     *
     * @throws SQLException with {@link #HELD} when another server has it, with {@link #UNFIT} when
     *     this server cannot be used
     */
    static void take(Connection connection) throws SQLException {
        checkServer(connection);
        try (PreparedStatement lock =
                connection.prepareStatement(
                        "SELECT pg_try_advisory_lock(?, hashtext(current_schema()))")) {
            lock.setInt(1, HOUSE);
            try (ResultSet row = lock.executeQuery()) {
                if (row.next() && row.getBoolean(1)) {
                    return;
                }
            }
        }
        throw new SQLException(
                "another Outpost server uses it" + holder(connection) + "; only one may", HELD);
    }

    private static void checkServer(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT current_setting('server_version_num')::int,"
                                        + " current_setting('server_encoding'),"
                                        + " pg_is_in_recovery(), current_schema()")) {
            row.next();
            if (row.getInt(1) < OLDEST_VERSION) {
                throw unfit("it runs an old release of PostgreSQL; 13 is the oldest that will do");
            }
            if (!"UTF8".equals(row.getString(2))) {
                throw unfit(
                        "its encoding is "
                                + row.getString(2)
                                + "; make one with: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE"
                                + " template0");
            }
            if (row.getBoolean(3)) {
                throw unfit(
                        "it is a standby, which cannot be written; name the primary server, or"
                                + " several with targetServerType=primary");
            }
            if (row.getString(4) == null) {
                throw unfit(
                        "no schema of the search path exists; make it with CREATE SCHEMA, or leave"
                                + " currentSchema out of the URL");
            }
        }
    }

    private static SQLException unfit(String reason) {
        return new SQLException(reason, UNFIT);
    }

    /** Who has the lock, as far as this user may see it. */
    private static String holder(Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT host(a.client_addr), to_char(a.backend_start AT TIME ZONE 'UTC',"
                            + " 'YYYY-MM-DD HH24:MI:SS') FROM pg_locks l JOIN pg_stat_activity a ON"
                            + " a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted AND"
                            + " l.classid = ?::bigint::oid AND l.objid ="
                            + " (hashtext(current_schema())::bigint & 4294967295)::oid AND"
                            + " l.database = (SELECT oid FROM pg_database WHERE datname ="
                            + " current_database()) LIMIT 1")) {
            query.setLong(1, HOUSE);
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getString(1) != null
                        ? " (from " + row.getString(1) + ", since " + row.getString(2) + " UTC)"
                        : "";
            }
        }
    }
}
