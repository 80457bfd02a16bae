-- Replicas of the release before write neither of these: for them nothing changes.

-- Who of the help desk acted on a driver, and why. Null where the driver acted, or a backend.
ALTER TABLE security_event
    ADD COLUMN actor   text,
    ADD COLUMN reason  text;

-- The one recovery of a driver who lost the phone: what went off file, until when resets are held and it can be put back.
-- The row goes at ends_at. What happened stays in security_event.
CREATE TABLE recovery (
    user_id            text        PRIMARY KEY,
    state              text        NOT NULL,
    requested_by       text        NOT NULL,
    requested_at       timestamptz NOT NULL,
    approvals          integer     NOT NULL, -- how many people it takes
    confirmed_by       text,
    confirmed_at       timestamptz,
    undone_by          text,
    undone_at          timestamptz,
    ends_at            timestamptz NOT NULL, -- of the time to confirm it; once it is done, of the hold
    language           text, -- that the driver is told in, and the brand: of the last SMS before it was done
    brand              text,
    number             bytea, -- as in trusted_phone_number, under the same keys
    number_key_id      text,
    number_hash        bytea,
    country            text,
    prefix_hash        text,
    certified_at       timestamptz,
    resets_held_until  timestamptz,
    pin_hash           text, -- as in pin_code, under the same peppers
    pepper_id          text,
    pin_failures       integer,
    pin_changed_at     timestamptz,
    CHECK (state IN ('REQUESTED', 'DONE', 'UNDONE')),
    CHECK (state <> 'DONE' OR confirmed_by IS NOT NULL AND confirmed_at IS NOT NULL),
    CHECK (approvals = 1 OR confirmed_by IS DISTINCT FROM requested_by),
    CHECK (state = 'DONE' OR number IS NULL AND pin_hash IS NULL),
    CHECK ((number IS NULL) = (number_key_id IS NULL) AND (number IS NULL) = (number_hash IS NULL)),
    CHECK ((pin_hash IS NULL) = (pepper_id IS NULL))
);
CREATE INDEX recovery_ends ON recovery (ends_at);

-- For the transactions of one driver. Only what is final is in it, and each row once, as in V10. Who has many rows makes it
-- beforehand, CONCURRENTLY and by the same name.
CREATE INDEX IF NOT EXISTS sms_transaction_of_user ON sms_transaction (user_id, finished_at) WHERE finished_at IS NOT NULL;
