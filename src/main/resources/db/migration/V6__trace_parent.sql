-- The trace that a request belongs to (W3C traceparent), for the send and the receipt; null: it is not traced. In no index,
-- and added without a look at the rows that are there.
ALTER TABLE sms_transaction ADD COLUMN trace_parent text;
