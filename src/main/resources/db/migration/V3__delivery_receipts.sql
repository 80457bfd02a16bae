-- What the network said about the SMS. In no index, so that a receipt's update can stay on its page (HOT); and added
-- without a look at the rows that are there.
ALTER TABLE sms_transaction
    ADD COLUMN delivery_status text,
    ADD COLUMN delivery_error  integer, -- the provider's err-code; 0 where it gave none
    ADD COLUMN delivery_at     timestamptz, -- when it was told
    ADD CONSTRAINT sms_transaction_delivery CHECK (
        delivery_status IN ('SUBMITTED', 'EXPIRED', 'FAILED', 'REJECTED', 'DELIVERED')) NOT VALID;
