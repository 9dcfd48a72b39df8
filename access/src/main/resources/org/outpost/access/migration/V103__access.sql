-- Tenants, roles, groups of devices, users and tokens: each a small document, all held in memory
-- while the server runs. Of passwords and tokens only what they are compared by is here.
CREATE TABLE access_document (
    kind     TEXT NOT NULL, -- tenant, role, group, user, token
    name     TEXT NOT NULL, -- unique within its kind
    document TEXT NOT NULL, -- JSON
    PRIMARY KEY (kind, name)
);
