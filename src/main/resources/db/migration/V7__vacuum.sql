-- Each transaction leaves a dead row when it ends, with its entries in the indexes. By PostgreSQL's default a fifth of the
-- table may be dead before it is vacuumed: two million of ten.
ALTER TABLE sms_transaction SET (autovacuum_vacuum_scale_factor = 0.01);
