-- The catalogue: what is replicated, how far it is, and what went wrong.
-- Runs with search_path set to the catalogue's schema, as one transaction.

CREATE TABLE source (
    source_name        text PRIMARY KEY,
    kind               text        NOT NULL CHECK (kind IN ('mysql', 'mariadb')),
    server_uuid        text        NOT NULL,
    status             text        NOT NULL DEFAULT 'added'
        CHECK (status IN ('added', 'initialising', 'initialised', 'syncing', 'detached')),
    desired_state      text        NOT NULL DEFAULT 'stopped' CHECK (desired_state IN ('running', 'stopped')),
    config_fingerprint text        NOT NULL,
    added_at           timestamptz NOT NULL DEFAULT clock_timestamp(),
    initialised_at     timestamptz,
    failure_code       text,
    failure_reason     text,
    failed_at          timestamptz
);
COMMENT ON TABLE source IS 'One row per replicated MySQL or MariaDB server.';
COMMENT ON COLUMN source.server_uuid IS 'The server that the binlog coordinates belong to; empty until the first initial copy.';
COMMENT ON COLUMN source.desired_state IS 'What the operator asked for; what runs is in lease.';
COMMENT ON COLUMN source.failure_code IS 'Why the last run ended by itself; null when it did not.';

CREATE TABLE schema_mapping (
    source_name        text NOT NULL REFERENCES source ON DELETE CASCADE,
    origin_schema      text NOT NULL,
    destination_schema text NOT NULL,
    PRIMARY KEY (source_name, origin_schema),
    CONSTRAINT schema_mapping_destination_key UNIQUE (destination_schema)
);

CREATE TABLE replica_table (
    source_name         text NOT NULL,
    origin_schema       text NOT NULL,
    table_name          text NOT NULL,
    destination_schema  text NOT NULL,
    destination_table   text NOT NULL,
    state               text NOT NULL CHECK (state IN ('copying', 'replicated', 'disabled', 'not_replicated')),
    consistent_file     text,
    consistent_position bigint,
    consistent_gtid     text NOT NULL DEFAULT '',
    reason_code         text,
    reason              text,
    rows_copied         bigint NOT NULL DEFAULT 0,
    inserts             bigint NOT NULL DEFAULT 0,
    updates             bigint NOT NULL DEFAULT 0,
    deletes             bigint NOT NULL DEFAULT 0,
    missing_rows        bigint NOT NULL DEFAULT 0,
    discarded_rows      bigint NOT NULL DEFAULT 0,
    schema_changes      bigint NOT NULL DEFAULT 0,
    last_change_at      timestamptz,
    PRIMARY KEY (source_name, origin_schema, table_name),
    FOREIGN KEY (source_name) REFERENCES source ON DELETE CASCADE,
    CHECK ((consistent_file IS NULL) = (consistent_position IS NULL))
) WITH (fillfactor = 50);
COMMENT ON COLUMN replica_table.consistent_position IS
    'With consistent_file: from here on the table''s events apply; what lies before is in the copy already.';
COMMENT ON COLUMN replica_table.missing_rows IS 'Updates and deletes that found no row: the cheapest sign of a divergence.';

CREATE TABLE replay_position (
    source_name         text PRIMARY KEY REFERENCES source ON DELETE CASCADE,
    topic               text        NOT NULL,
    topic_id            text        NOT NULL,
    next_offset         bigint      NOT NULL CHECK (next_offset >= 0),
    file                text,
    position            bigint,
    gtid                text        NOT NULL DEFAULT '',
    source_committed_at timestamptz,
    applied_at          timestamptz NOT NULL,
    rows                bigint      NOT NULL DEFAULT 0,
    transactions        bigint      NOT NULL DEFAULT 0,
    schema_changes      bigint      NOT NULL DEFAULT 0,
    CHECK ((file IS NULL) = (position IS NULL))
) WITH (fillfactor = 10);
COMMENT ON TABLE replay_position IS 'Where replay resumes; advances in the transaction that applies the rows.';
COMMENT ON COLUMN replay_position.next_offset IS 'The first Kafka offset that is not applied yet.';

CREATE TABLE error_log (
    logid         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    logged_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    source_name   text        NOT NULL REFERENCES source ON DELETE CASCADE,
    origin_schema text,
    table_name    text,
    code          text        NOT NULL,
    sqlstate      text,
    message       text        NOT NULL,
    statement     text,
    file          text,
    position      bigint,
    topic         text,
    topic_offset  bigint,
    CHECK ((file IS NULL) = (position IS NULL)),
    CHECK ((topic IS NULL) = (topic_offset IS NULL))
);
CREATE INDEX error_log_source_idx ON error_log (source_name, logid);

CREATE TABLE discarded_row (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    logid         bigint      NOT NULL REFERENCES error_log,
    discarded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    source_name   text        NOT NULL REFERENCES source ON DELETE CASCADE,
    origin_schema text        NOT NULL,
    table_name    text        NOT NULL,
    op            text        NOT NULL CHECK (op IN ('c', 'u', 'd', 'r')),
    row_image     jsonb,
    raw           bytea,
    topic         text,
    topic_offset  bigint,
    CHECK (row_image IS NOT NULL OR raw IS NOT NULL),
    CHECK ((topic IS NULL) = (topic_offset IS NULL))
);
CREATE INDEX discarded_row_source_idx ON discarded_row (source_name, origin_schema, table_name, id);
CREATE INDEX discarded_row_logid_idx ON discarded_row (logid);
COMMENT ON TABLE discarded_row IS 'Rows that could not be applied, kept whole.';
COMMENT ON COLUMN discarded_row.raw IS 'The record as it stands in the topic, for what jsonb cannot hold.';

CREATE TABLE lease (
    source_name text        NOT NULL REFERENCES source ON DELETE CASCADE,
    role        text        NOT NULL CHECK (role IN ('reader', 'replay')),
    owner       text        NOT NULL,
    host        text        NOT NULL,
    pid         bigint      NOT NULL,
    started_at  timestamptz NOT NULL,
    renewed_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    detail      jsonb       NOT NULL DEFAULT '{}',
    PRIMARY KEY (source_name, role)
) WITH (fillfactor = 10);
COMMENT ON TABLE lease IS 'Who reads and who replays a source; past expires_at nobody does.';

CREATE TABLE copy_range (
    source_name   text   NOT NULL,
    origin_schema text   NOT NULL,
    table_name    text   NOT NULL,
    range_no      integer NOT NULL CHECK (range_no >= 0),
    lower_bound   jsonb,
    upper_bound   jsonb,
    state         text   NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'copied')),
    rows          bigint NOT NULL DEFAULT 0,
    file          text,
    position      bigint,
    finished_at   timestamptz,
    PRIMARY KEY (source_name, origin_schema, table_name, range_no),
    FOREIGN KEY (source_name) REFERENCES source ON DELETE CASCADE,
    CHECK ((file IS NULL) = (position IS NULL))
);
COMMENT ON TABLE copy_range IS 'The initial copy''s key ranges: a copy that was cut off goes on at the first pending one.';
COMMENT ON COLUMN copy_range.lower_bound IS 'Exclusive; null: from the first key.';
COMMENT ON COLUMN copy_range.upper_bound IS 'Inclusive; null: to the last key.';
