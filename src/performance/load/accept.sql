-- One accepted request as three plain statements in a transaction: read the trusted number, count what the driver has
-- asked for within the hour, insert the transaction. Nothing is written for the limits and no code is issued, both of
-- which the service does.
\set driver random(1, :drivers)
BEGIN;
SELECT number, number_key_id, number_hash FROM trusted_phone_number WHERE user_id = 'driver-' || :driver::text;
SELECT count(*) FROM sms_transaction
    WHERE user_id = 'driver-' || :driver::text AND created_at > now() - interval '1 hour';
INSERT INTO sms_transaction (id, user_id, type, number, number_key_id, number_hash, code_id, code_key_id,
        code_expires_at, language, brand, status, created_at, deadline, attempts, lease, lease_owner, lease_until)
    VALUES (CAST(lpad(to_hex(CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)), 12, '0')
            || '7' || substr(md5(random()::text), 2, 19) AS uuid),
        'driver-' || :driver::text, 'resetPIN', decode(repeat('ab', 40), 'hex'), 'it', decode(repeat('cd', 32), 'hex'),
        gen_random_uuid(), 'it', now() + interval '10 min', 'en', '', 'PENDING', now(), now() + interval '30 s', 1, 1,
        '00000000-0000-4000-8000-000000000000', now() + interval '10 s');
COMMIT;
