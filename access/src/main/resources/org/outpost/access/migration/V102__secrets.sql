-- Passwords of devices and other small secrets, encrypted. The keys are in a file, not here.
-- Times are milliseconds since 1970-01-01T00:00:00Z; bytes are Base64.

CREATE TABLE vault_secret (
    kind        TEXT   NOT NULL, -- amt, mebx, mps ...
    subject     TEXT   NOT NULL, -- a device's UUID in lower case, or what else it belongs to
    tenant      TEXT   NOT NULL,
    key_id      TEXT   NOT NULL, -- which key of the file encrypts data_key
    data_key    TEXT   NOT NULL, -- this row's own key: nonce and AES-256-GCM
    nonce       TEXT   NOT NULL,
    ciphertext  TEXT   NOT NULL, -- AES-256-GCM under the row's own key, bound to the three columns above
    updated     BIGINT NOT NULL,
    PRIMARY KEY (kind, subject, tenant)
);

CREATE INDEX vault_secret_key ON vault_secret (key_id);
CREATE INDEX vault_secret_subject ON vault_secret (subject, tenant);
