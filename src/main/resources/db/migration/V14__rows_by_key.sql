-- Which rows are left under a key: what is under the first key is most of them, and is not read. An index of few values is
-- small. Who has many rows makes these beforehand, CONCURRENTLY and by the same names.
CREATE INDEX IF NOT EXISTS trusted_phone_number_key ON trusted_phone_number (number_key_id);
CREATE INDEX IF NOT EXISTS pin_code_pepper ON pin_code (pepper_id);
CREATE INDEX IF NOT EXISTS sms_code_key ON sms_code (key_id);
CREATE INDEX IF NOT EXISTS recovery_key ON recovery (number_key_id);
CREATE INDEX IF NOT EXISTS recovery_pepper ON recovery (pepper_id);

INSERT INTO job_turn (job, next_at, position) VALUES ('reseal', '-infinity', '');
