-- A row for each road. That of the only road is the one that was there: replicas of the release before find it by the
-- column one, which the rows of other roads leave empty. A later release takes that column away.
ALTER TABLE send_pace
    ADD COLUMN road text NOT NULL DEFAULT 'vonage',
    DROP CONSTRAINT send_pace_pkey,
    ALTER COLUMN one DROP NOT NULL,
    ALTER COLUMN one DROP DEFAULT,
    ADD CONSTRAINT send_pace_one UNIQUE (one),
    ADD PRIMARY KEY (road);
ALTER TABLE send_pace ALTER COLUMN road DROP DEFAULT;
