-- One schema for the whole service. Times are the database's: a replica whose clock is off changes nothing.

CREATE TABLE trusted_phone_number (
    user_id        text        PRIMARY KEY,
    number         bytea       NOT NULL, -- AES-256-GCM: nonce, ciphertext, tag
    number_key_id  text        NOT NULL,
    number_hash    bytea       NOT NULL, -- HMAC-SHA-256 of the E.164 form, for equality and limits
    certified_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX trusted_phone_number_hash ON trusted_phone_number (number_hash);

-- The one code of a user and type. It is derived from id under key_id and never stored.
CREATE TABLE sms_code (
    user_id        text        NOT NULL,
    type           text        NOT NULL,
    id             uuid        NOT NULL,
    key_id         text        NOT NULL,
    number_hash    bytea       NOT NULL,
    expires_at     timestamptz NOT NULL,
    guesses        integer     NOT NULL DEFAULT 0,
    spent_at       timestamptz,
    PRIMARY KEY (user_id, type)
);

-- The recorded request, which is also the queue entry of its SMS.
CREATE TABLE sms_transaction (
    id                  uuid        PRIMARY KEY, -- version 7: ordered by time
    user_id             text        NOT NULL,
    type                text        NOT NULL,
    number              bytea       NOT NULL,
    number_key_id       text        NOT NULL,
    number_hash         bytea       NOT NULL,
    code_id             uuid        NOT NULL,
    code_key_id         text        NOT NULL,
    code_expires_at     timestamptz NOT NULL,
    language            text        NOT NULL,
    brand               text        NOT NULL,
    idempotency_key     text,
    fingerprint         bytea, -- SHA-256 of what was asked for under the idempotency key
    status              text        NOT NULL,
    error_code          integer,
    created_at          timestamptz NOT NULL,
    deadline            timestamptz NOT NULL,
    finished_at         timestamptz,
    attempts            integer     NOT NULL, -- counted before the provider is called
    attempt_log         jsonb       NOT NULL DEFAULT '[]',
    lease               integer     NOT NULL, -- how many leases were taken: the fencing token of the present one
    lease_owner         uuid,
    lease_until         timestamptz NOT NULL, -- who finds it passed may claim
    provider_message_id text,
    CHECK (status IN ('PENDING', 'SUCCEEDED', 'FAILED')),
    CHECK ((status = 'FAILED') = (error_code IS NOT NULL)),
    CHECK ((status = 'PENDING') = (finished_at IS NULL))
);
CREATE UNIQUE INDEX sms_transaction_idempotency ON sms_transaction (user_id, idempotency_key)
    WHERE idempotency_key IS NOT NULL;
CREATE INDEX sms_transaction_claim ON sms_transaction (lease_until) WHERE status = 'PENDING';

-- What a subject (a user, a number, an address, a slice of the service) has used of its limits:
-- the GCRA's theoretical arrival time by policy, in microseconds since 1970.
CREATE TABLE rate_limit (
    subject        text        PRIMARY KEY,
    arrivals       jsonb       NOT NULL DEFAULT '{}',
    idle_at        timestamptz NOT NULL DEFAULT '-infinity' -- from then on the row says nothing
);
