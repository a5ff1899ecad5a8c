-- Services do what start_replica and stop_replica ask for, and say that they stand by.

ALTER TABLE source ALTER COLUMN desired_state SET DEFAULT 'running';
UPDATE source SET desired_state = 'running';
COMMENT ON COLUMN source.desired_state IS
    'What the operator asked for last; services obey it, a process started by hand does not. What runs is in lease.';

CREATE TABLE service (
    id         text        PRIMARY KEY,
    role       text        NOT NULL CHECK (role IN ('reader', 'replay')),
    host       text        NOT NULL,
    pid        bigint      NOT NULL,
    sources    text[]      NOT NULL,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL
) WITH (fillfactor = 10);
COMMENT ON TABLE service IS 'Services that stand by for sources, whether they own any or not; past expires_at they have ended.';
