-- What operators work with: why each side ended, which errors are mended, when the catalogue was last tidied up.

CREATE TABLE failure (
    source_name text        NOT NULL REFERENCES source ON DELETE CASCADE,
    role        text        NOT NULL CHECK (role IN ('reader', 'replay')),
    code        text        NOT NULL,
    reason      text        NOT NULL,
    failed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (source_name, role)
);
COMMENT ON TABLE failure IS 'Why the last run of a side ended by itself; no row when it did not.';

INSERT INTO failure
    SELECT source_name, 'replay', failure_code, failure_reason, failed_at FROM source WHERE failure_code IS NOT NULL;

ALTER TABLE source
    DROP COLUMN failure_code,
    DROP COLUMN failure_reason,
    DROP COLUMN failed_at,
    ADD COLUMN maintained_at timestamptz;
COMMENT ON COLUMN source.maintained_at IS 'When a maintenance run of the source last began.';

ALTER TABLE error_log ADD COLUMN resolved_at timestamptz;
COMMENT ON COLUMN error_log.resolved_at IS 'When the table was copied again, and with it what the error had left out.';

ALTER TABLE lease DROP CONSTRAINT lease_role_check;
ALTER TABLE lease ADD CONSTRAINT lease_role_check CHECK (role IN ('reader', 'replay', 'resync', 'copy'));

CREATE TABLE copy_progress (
    source_name    text        PRIMARY KEY REFERENCES source ON DELETE CASCADE,
    tables         integer     NOT NULL,
    tables_done    integer     NOT NULL,
    rows           bigint      NOT NULL,
    rows_estimated bigint      NOT NULL,
    updated_at     timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 10);
COMMENT ON TABLE copy_progress IS 'How far an initial copy is, about once a second; of one that was cut off, how far it came.';

CREATE TABLE kept_structure (
    source_name        text NOT NULL REFERENCES source ON DELETE CASCADE,
    destination_schema text NOT NULL,
    destination_table  text NOT NULL,
    name               text NOT NULL,
    kind               text NOT NULL CHECK (kind IN ('index', 'foreign_key')),
    statement          text NOT NULL,
    PRIMARY KEY (source_name, destination_schema, destination_table, name)
);
COMMENT ON TABLE kept_structure IS
    'With keep_existing_schema: indexes and foreign keys that were taken away for a load and are to be made again.';
