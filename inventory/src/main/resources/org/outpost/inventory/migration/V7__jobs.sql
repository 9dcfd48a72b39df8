-- One thing done to many devices. Times are milliseconds since 1970-01-01T00:00:00Z.
CREATE TABLE job (
    id         TEXT    NOT NULL PRIMARY KEY,
    tenant     TEXT    NOT NULL, -- the owner's; empty: who runs the server
    owner      TEXT    NOT NULL, -- key of whoever started it
    owner_data TEXT    NOT NULL, -- JSON: by which their rights are asked again
    template   TEXT    NOT NULL, -- JSON: what is done, and how
    origin     TEXT    NOT NULL, -- id of the schedule or job that it came from; empty for none
    created    BIGINT  NOT NULL,
    wait_until BIGINT  NOT NULL, -- until when devices that are offline are waited for
    devices    BIGINT  NOT NULL,
    prepared   INTEGER NOT NULL, -- 1 when all its devices are in the table below
    cancelled  BIGINT,
    ended      BIGINT,
    counts     TEXT    NOT NULL  -- JSON: devices in each state, when it has ended; empty before
);

CREATE INDEX job_tenant ON job (tenant, created);
CREATE INDEX job_ended ON job (ended);

CREATE TABLE job_device (
    job      TEXT   NOT NULL,
    position BIGINT NOT NULL,
    device   TEXT   NOT NULL, -- UUID
    state    TEXT   NOT NULL,
    code     TEXT   NOT NULL, -- why, for programs; empty when there is nothing to say
    detail   TEXT   NOT NULL, -- why, for people
    began    BIGINT,          -- written before the device is asked anything
    ended    BIGINT,
    PRIMARY KEY (job, position)
);

CREATE INDEX job_device_state ON job_device (job, state, position);
