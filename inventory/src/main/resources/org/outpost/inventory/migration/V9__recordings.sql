-- Recordings of text consoles; what was recorded is in files. Times are milliseconds since
-- 1970-01-01T00:00:00Z.
CREATE TABLE recording (
    id        TEXT   NOT NULL PRIMARY KEY, -- names the file, too
    device    TEXT   NOT NULL, -- UUID
    tenant    TEXT   NOT NULL, -- the device's when it was recorded; empty: nobody's in particular
    title     TEXT   NOT NULL, -- how the device was called
    user_name TEXT   NOT NULL, -- whose console it was
    address   TEXT   NOT NULL, -- from where
    started   BIGINT NOT NULL,
    ended     BIGINT,          -- null while it runs
    bytes     BIGINT NOT NULL, -- of the file, when it has ended
    outcome   TEXT   NOT NULL  -- whole, incomplete, failed, interrupted; empty while it runs
);

CREATE INDEX recording_started ON recording (started, id);
CREATE INDEX recording_device ON recording (device, started);
CREATE INDEX recording_ended ON recording (ended);
