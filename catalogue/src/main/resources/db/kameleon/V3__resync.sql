-- Tables that are copied again by themselves while their source streams on.

ALTER TABLE replay_position ADD COLUMN generation bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN replay_position.generation IS
    'Goes up when somebody else than replay changes the tables'' list: replay then reads it anew before it commits.';

ALTER TABLE replica_table ADD COLUMN exact boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN replica_table.exact IS
    'The copy was taken at the consistent point itself: what lies before is passed over. Tables without a key always are.';

ALTER TABLE lease DROP CONSTRAINT lease_role_check;
ALTER TABLE lease ADD CONSTRAINT lease_role_check CHECK (role IN ('reader', 'replay', 'resync'));

CREATE TABLE resync (
    source_name    text        NOT NULL REFERENCES source ON DELETE CASCADE,
    origin_schema  text        NOT NULL,
    table_name     text        NOT NULL,
    cause          text        NOT NULL CHECK (cause IN ('asked', 'statement', 'failure')),
    phase          text        NOT NULL
        CHECK (phase IN ('waiting', 'preparing', 'copying', 'catching_up', 'done', 'given_up')),
    requested_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    not_before     timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempt        text        NOT NULL DEFAULT '',
    loading_schema text        NOT NULL DEFAULT '',
    failures       integer     NOT NULL DEFAULT 0,
    rounds         integer     NOT NULL DEFAULT 0,
    rows_copied    bigint      NOT NULL DEFAULT 0,
    rows_estimated bigint      NOT NULL DEFAULT 0,
    last_failure   text,
    ended_at       timestamptz,
    PRIMARY KEY (source_name, origin_schema, table_name)
) WITH (fillfactor = 50);
COMMENT ON TABLE resync IS 'Tables to copy again while the rest streams on, and what came of the last such copy.';
COMMENT ON COLUMN resync.attempt IS 'Unique to an attempt: one that was thought dead cannot end another''s.';
COMMENT ON COLUMN resync.failures IS 'Attempts that failed since the table was asked for.';
COMMENT ON COLUMN resync.rounds IS 'How often in a row a failure has asked for the table soon after it was copied.';
