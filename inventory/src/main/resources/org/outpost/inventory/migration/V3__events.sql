-- What happened to devices, in the order in which it is told. Rows are only added and, when old,
-- taken away; the newest is never taken, so that numbers rise across restarts.
CREATE TABLE event (
    sequence BIGINT NOT NULL PRIMARY KEY,
    id       TEXT   NOT NULL,
    type     TEXT   NOT NULL,
    device   TEXT   NOT NULL,
    time     BIGINT NOT NULL, -- when it happened
    recorded BIGINT NOT NULL, -- when it could be told
    data     TEXT   NOT NULL  -- JSON
);

CREATE INDEX event_recorded ON event (recorded);

-- The last state of each device that was accepted for telling. 'accepted' is a connection whose
-- event is not in the table above yet, because the device is still announcing its ports.
CREATE TABLE presence (
    device TEXT   NOT NULL PRIMARY KEY,
    state  TEXT   NOT NULL, -- accepted, connected, disconnected
    event  TEXT   NOT NULL, -- id of the event of the connection
    time   BIGINT NOT NULL,
    data   TEXT   NOT NULL  -- JSON
);

CREATE INDEX presence_state ON presence (state);

-- Subscribers made by the API; those of the configuration file are not here.
CREATE TABLE subscriber (
    id       TEXT   NOT NULL PRIMARY KEY,
    created  BIGINT NOT NULL,
    settings TEXT   NOT NULL -- JSON
);

-- How far each subscriber has acknowledged, of the file or of the API.
CREATE TABLE subscriber_cursor (
    subscriber TEXT   NOT NULL PRIMARY KEY,
    delivered  BIGINT NOT NULL, -- every event up to this sequence
    changed    BIGINT NOT NULL
);
