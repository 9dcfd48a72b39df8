-- The TLS certificate with which AMT of a device was first seen.
CREATE TABLE amt_pin (
    id      TEXT   NOT NULL PRIMARY KEY, -- UUID of the device
    sha256  TEXT   NOT NULL,             -- of the leaf certificate, hexadecimal in lower case
    subject TEXT   NOT NULL,             -- escaped
    seen_at BIGINT NOT NULL              -- UTC, milliseconds: since when it counts
);
