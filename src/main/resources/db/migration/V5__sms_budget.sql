-- Where a number is, for what SMS cost there; null: it was put on file before this was kept.
ALTER TABLE trusted_phone_number
    ADD COLUMN country     text, -- ISO 3166-1 of the number's range
    ADD COLUMN prefix_hash text; -- HMAC-SHA-256 of its first seven digits, half of it, in hexadecimal

-- What is to be taken off the velocity when the code is spent.
ALTER TABLE sms_code
    ADD COLUMN country     text,
    ADD COLUMN prefix_hash text,
    ADD COLUMN issued_at   timestamptz,
    ADD COLUMN sends       integer NOT NULL DEFAULT 1;

-- Codes sent to a country or a prefix, by hour and by day (UTC).
CREATE TABLE sms_velocity (
    subject        text        NOT NULL, -- country/FR, prefix/<keyed hash>
    hours          smallint    NOT NULL CHECK (hours IN (1, 24)),
    begins_at      timestamptz NOT NULL,
    sent           bigint      NOT NULL DEFAULT 0,
    converted      bigint      NOT NULL DEFAULT 0, -- of those sent in this time, whenever their code was spent
    budget         bigint, -- null: not enforced
    PRIMARY KEY (subject, hours, begins_at),
    -- Replicas count without a lock between reading and writing; this is what keeps the last one out.
    CONSTRAINT sms_velocity_budget CHECK (sent - converted <= budget)
) WITH (fillfactor = 50);

-- Codes that were spent, until they are added to the velocity: the rows there are too hot for a longer SQL transaction.
CREATE TABLE sms_conversion (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    country        text        NOT NULL,
    prefix_hash    text,
    issued_at      timestamptz NOT NULL,
    sends          integer     NOT NULL
);
