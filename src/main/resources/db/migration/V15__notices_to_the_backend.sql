-- Nothing that was there is changed: replicas of the release before write no row of these.

-- Security events that wait for the operator's backend, each written in the SQL transaction of its event.
CREATE SEQUENCE notice_outbox_id;
CREATE TABLE notice_outbox (
    id             bigint      PRIMARY KEY, -- of one user: in the order of the commits
    user_id        text        NOT NULL,
    event_id       uuid        NOT NULL,
    what           text        NOT NULL,
    error_code     integer, -- null: it succeeded
    transaction_id uuid        NOT NULL,
    at             timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX notice_outbox_of_user ON notice_outbox (user_id, id);
CREATE INDEX notice_outbox_at ON notice_outbox (at);

-- One row for each user of whom something waits. Who holds its lease posts the oldest event of that user, so that the next
-- one waits for it. The row is also what orders the SQL transactions of one user's events.
CREATE SEQUENCE notice_queue_lease;
CREATE TABLE notice_queue (
    user_id        text        PRIMARY KEY,
    recorded       bigint      NOT NULL, -- events since the row is there: tells whether one came meanwhile
    due_at         timestamptz, -- of the next post, or the end of the lease of the one under way; null: nothing waits
    lease          bigint      NOT NULL DEFAULT 0, -- never the same twice, also if the row was gone meanwhile
    attempts       integer     NOT NULL DEFAULT 0 -- at the user's oldest event
);
CREATE INDEX notice_queue_due ON notice_queue (due_at);

-- Each event that is handed over leaves a dead row.
ALTER TABLE notice_outbox SET (autovacuum_vacuum_scale_factor = 0.01);
ALTER TABLE notice_queue SET (autovacuum_vacuum_scale_factor = 0.01);
