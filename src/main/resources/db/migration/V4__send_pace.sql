-- Until when the provider's time has been reserved by the replicas; one row.
CREATE TABLE send_pace (
    one            boolean     PRIMARY KEY DEFAULT true CHECK (one),
    next_at        timestamptz NOT NULL
) WITH (fillfactor = 10);
INSERT INTO send_pace (next_at) VALUES ('-infinity');
