-- Who did what. Rows are only added and, when old, taken away up to a checkpoint; none is changed.
-- Times are milliseconds since 1970-01-01T00:00:00Z; UUIDs are text in lower case.

CREATE TABLE audit_entry (
    sequence  BIGINT NOT NULL PRIMARY KEY, -- 1, 2, 3 ... without a gap
    time      BIGINT NOT NULL,
    user_name TEXT   NOT NULL,
    method    TEXT   NOT NULL,
    address   TEXT   NOT NULL,
    tenant    TEXT   NOT NULL,
    action    TEXT   NOT NULL,
    device    TEXT   NOT NULL, -- empty when it concerns none
    target    TEXT   NOT NULL,
    reason    TEXT   NOT NULL,
    ticket    TEXT   NOT NULL,
    result    TEXT   NOT NULL,
    status    TEXT   NOT NULL,
    details   TEXT   NOT NULL, -- JSON
    salt      TEXT   NOT NULL,
    hash      TEXT   NOT NULL  -- SHA-256 over the hash of the row before and this row's content
);

CREATE INDEX audit_entry_time ON audit_entry (time, sequence);
CREATE INDEX audit_entry_device ON audit_entry (device, sequence);
CREATE INDEX audit_entry_user ON audit_entry (user_name, sequence);
CREATE INDEX audit_entry_tenant ON audit_entry (tenant, sequence);

-- Signed statements that an entry had this hash; the oldest stands before the first entry that is kept.
CREATE TABLE audit_checkpoint (
    sequence  BIGINT NOT NULL PRIMARY KEY,
    hash      TEXT   NOT NULL,
    time      BIGINT NOT NULL,
    key_id    TEXT   NOT NULL,
    signature TEXT   NOT NULL -- Ed25519, in Base64
);
