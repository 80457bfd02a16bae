-- What was asked for under an idempotency key was kept as an unkeyed SHA-256 over the number as it was typed, which tells
-- the number to whoever tries all there are. The type and the keyed hash of the number, in the same row, say as much, so the
-- fingerprint is left with what is no number: the type alone. It is not NULL, for a replica of the release before that
-- looks a key up fails where it is. To the same key of a certification such a replica answers that it was used for
-- something else. The next release drops the column, and the trigger with it.
UPDATE sms_transaction SET fingerprint = sha256(E'phoneNumberCertification\n'::bytea)
WHERE type = 'phoneNumberCertification' AND fingerprint IS NOT NULL AND status <> 'PENDING';

-- What replicas of the release before go on to write.
CREATE FUNCTION sms_transaction_forgets_the_number() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN NEW.fingerprint := sha256(E'phoneNumberCertification\n'::bytea); RETURN NEW; END $$;
CREATE TRIGGER sms_transaction_fingerprint BEFORE INSERT OR UPDATE ON sms_transaction
    FOR EACH ROW WHEN (NEW.type = 'phoneNumberCertification'
        AND NEW.fingerprint <> '\x51d2095ab443558a649272c26b59fb83b43203115d8e8642b9bff7f8aadca173')
    EXECUTE FUNCTION sms_transaction_forgets_the_number();

-- What they wrote while the rows above were gone through. Nobody else writes from the trigger on until the commit, so by the
-- primary key, which is ordered by time.
UPDATE sms_transaction SET fingerprint = sha256(E'phoneNumberCertification\n'::bytea)
WHERE id > (lpad(to_hex(1000 * extract(epoch FROM now() - interval '1 hour')::bigint), 12, '0') || repeat('0', 20))::uuid
    AND type = 'phoneNumberCertification' AND fingerprint IS NOT NULL;
