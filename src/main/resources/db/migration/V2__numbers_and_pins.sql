-- A number that was changed without proof of the PIN receives no reset code for a while.
ALTER TABLE trusted_phone_number ADD COLUMN resets_held_until timestamptz;

-- A transaction without a code tells the driver about a change.
ALTER TABLE sms_transaction
    ALTER COLUMN code_id DROP NOT NULL,
    ALTER COLUMN code_key_id DROP NOT NULL,
    ALTER COLUMN code_expires_at DROP NOT NULL;

CREATE TABLE pin_code (
    user_id        text        PRIMARY KEY,
    hash           text        NOT NULL, -- Argon2id in PHC form, over the PIN keyed with a pepper
    pepper_id      text        NOT NULL,
    failures       integer     NOT NULL DEFAULT 0, -- wrong PINs in a row; counted before they are compared
    changed_at     timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE security_event (
    id             uuid        PRIMARY KEY, -- version 7: ordered by time
    user_id        text        NOT NULL,
    what           text        NOT NULL,
    error_code     integer, -- null: it succeeded
    transaction_id uuid        NOT NULL,
    address_hash   text,
    at             timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX security_event_of_user ON security_event (user_id, id);

-- Nothing that happened is told differently later; only retention takes away what is old.
CREATE FUNCTION security_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'security_event is append-only'; END $$;
CREATE TRIGGER security_event_append_only BEFORE UPDATE ON security_event
    FOR EACH ROW EXECUTE FUNCTION security_event_is_append_only();
