-- Credentials that were generated for devices. Passwords are not here, only what they are compared by.

CREATE TABLE device_secret (
    id        TEXT   NOT NULL PRIMARY KEY, -- a UUID
    user_name TEXT   NOT NULL UNIQUE,      -- never given twice, not even after it was revoked
    key_id    TEXT   NOT NULL,             -- which key of the server mac was made with
    mac       TEXT   NOT NULL,             -- HMAC-SHA-256 of user name and password, in hexadecimal
    device    TEXT,                        -- the UUID that it is meant for, if any
    label     TEXT   NOT NULL,
    created   BIGINT NOT NULL,
    revoked   BIGINT                       -- when it ceased to be good
);
