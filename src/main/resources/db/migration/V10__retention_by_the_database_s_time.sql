-- What is old is told by the database's time, and no more by ids, which replicas make by their own clocks. Who has many
-- rows makes these two beforehand, CONCURRENTLY and by the same names: each row that is written waits for them otherwise.

-- Only what is final is in it, and each row once: what changes while it is PENDING, and receipts, do not touch it.
CREATE INDEX IF NOT EXISTS sms_transaction_finished ON sms_transaction (finished_at) WHERE finished_at IS NOT NULL;

CREATE INDEX IF NOT EXISTS security_event_at ON security_event (at);
