-- Times are milliseconds since 1970-01-01T00:00:00Z; UUIDs are text in lower case.

CREATE TABLE device (
    id         TEXT   NOT NULL PRIMARY KEY,
    announced  TEXT   NOT NULL,
    principal  TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    name_key   TEXT   NOT NULL, -- the name as it is compared: lower case, no trailing dot
    host_key   TEXT   NOT NULL, -- its first label
    first_seen BIGINT NOT NULL,
    last_seen  BIGINT NOT NULL,
    address    TEXT   NOT NULL
);

CREATE INDEX device_announced ON device (announced);
CREATE INDEX device_name ON device (name_key, id);
CREATE INDEX device_host ON device (host_key);

-- How many devices each credential has recorded, so that no admission counts rows.
CREATE TABLE credential (
    principal TEXT   NOT NULL PRIMARY KEY,
    devices   BIGINT NOT NULL
);
