-- What people say of devices. A device may be here before it calls in for the first time.
CREATE TABLE device_label (
    id            TEXT NOT NULL PRIMARY KEY,
    tenant        TEXT NOT NULL, -- empty: nobody's in particular
    host_name     TEXT NOT NULL, -- what was said of it before it announced one
    friendly_name TEXT NOT NULL,
    dns_suffix    TEXT NOT NULL,
    tags          TEXT NOT NULL, -- JSON array
    info          TEXT NOT NULL  -- JSON object of whoever set the device up; empty for none
);
