-- Replicas of the release before go on to append single rows: for them nothing changes.

-- Refusals of one kind in one hour are one row that counts them; deeds stay one row each. Where hour is null, a row stands
-- for one occurrence.
ALTER TABLE security_event
    ADD COLUMN hour    timestamptz,
    ADD COLUMN times   integer     NOT NULL DEFAULT 1,
    ADD COLUMN last_at timestamptz;
CREATE UNIQUE INDEX security_event_counted ON security_event (user_id, what, error_code, hour) WHERE hour IS NOT NULL;

-- Nothing that happened is told differently later: all that may change is that a count grows.
CREATE OR REPLACE FUNCTION security_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF OLD.hour IS NULL OR NEW.times <= OLD.times OR NEW.last_at < OLD.last_at
            OR to_jsonb(NEW) - 'times' - 'last_at' IS DISTINCT FROM to_jsonb(OLD) - 'times' - 'last_at' THEN
        RAISE EXCEPTION 'security_event is append-only';
    END IF;
    RETURN NEW;
END $$;

-- Wrong PINs in a row of users who have none, so that they are blocked as others are, and nobody learns who has one.
CREATE TABLE pin_code_absent (
    user_id        text        PRIMARY KEY,
    failures       integer     NOT NULL, -- counted before anything is compared
    tried_at       timestamptz NOT NULL
);
CREATE INDEX pin_code_absent_tried ON pin_code_absent (tried_at);
