-- What became of connections to the tunnel door. Times are milliseconds since 1970-01-01T00:00:00Z.

CREATE TABLE attempt (
    source      TEXT    NOT NULL, -- an IPv4 address, or the /64 of an IPv6 address
    device      TEXT    NOT NULL, -- a UUID in lower case; empty when none was announced
    outcome     TEXT    NOT NULL,
    admitted    INTEGER NOT NULL, -- 1 when good credentials stand behind the UUID
    reached     TEXT    NOT NULL,
    user_name   TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    tls         TEXT    NOT NULL,
    detail      TEXT    NOT NULL,
    occurrences BIGINT  NOT NULL,
    first_time  BIGINT  NOT NULL,
    last_time   BIGINT  NOT NULL,
    PRIMARY KEY (source, device, outcome)
);

CREATE INDEX attempt_last ON attempt (last_time);
