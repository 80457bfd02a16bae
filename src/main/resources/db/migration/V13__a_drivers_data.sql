-- The few transactions of a driver that are not final. Who has many rows makes it beforehand, CONCURRENTLY and by the same
-- name.
CREATE INDEX IF NOT EXISTS sms_transaction_pending_of_user ON sms_transaction (user_id) WHERE status = 'PENDING';

-- When a driver was last active. The rows that are there, and those of a release that does not write these, count from now:
-- nobody is taken for inactive before it was looked at. In no index, so that an update can stay on its page (HOT).
ALTER TABLE trusted_phone_number
    ADD COLUMN asked_at timestamptz NOT NULL DEFAULT now(); -- for a code, as far as the row of that code is gone
ALTER TABLE pin_code
    ADD COLUMN proved_at timestamptz NOT NULL DEFAULT now();

-- Jobs that one replica at a time does, a bite at a time.
CREATE TABLE job_turn (
    job            text        PRIMARY KEY,
    next_at        timestamptz NOT NULL, -- who finds it passed takes the turn, and puts it off
    position       text        NOT NULL -- up to where the bites before came
) WITH (fillfactor = 10);
INSERT INTO job_turn (job, next_at, position) VALUES ('inactive-drivers', '-infinity', '');
