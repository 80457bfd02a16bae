-- The transactions of a driver: those that are final, and the few that are not. Who has many rows makes these beforehand,
-- CONCURRENTLY and by the same names.
CREATE INDEX IF NOT EXISTS sms_transaction_of_user ON sms_transaction (user_id, finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS sms_transaction_pending_of_user ON sms_transaction (user_id) WHERE status = 'PENDING';

-- Who of the staff asked, where it was not the driver; null: the driver, a backend, or the service by itself.
ALTER TABLE security_event ADD COLUMN IF NOT EXISTS actor text;

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
