-- Jobs that start by the clock. Times are milliseconds since 1970-01-01T00:00:00Z.
CREATE TABLE schedule (
    id         TEXT    NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    tenant     TEXT    NOT NULL, -- the owner's; empty: who runs the server
    owner      TEXT    NOT NULL, -- key of whoever made it
    owner_data TEXT    NOT NULL, -- JSON: by which their rights are asked again
    template   TEXT    NOT NULL, -- JSON: the job
    cron       TEXT    NOT NULL,
    zone       TEXT    NOT NULL, -- of the IANA time zone database
    created    BIGINT  NOT NULL,
    paused     INTEGER NOT NULL,
    next_due   BIGINT,           -- null when it is paused, or never again
    last_due   BIGINT,           -- changed together with next_due, before the job is started
    last_result TEXT   NOT NULL, -- started, missed, refused; empty before the first time
    last_detail TEXT   NOT NULL  -- id of the job, or why there is none
);

CREATE INDEX schedule_due ON schedule (next_due);
CREATE INDEX schedule_tenant ON schedule (tenant, created);
