-- Values that PostgreSQL cannot hold as they are, counted; names that differ from the source's.

CREATE TABLE conversion_count (
    source_name   text   NOT NULL REFERENCES source ON DELETE CASCADE,
    origin_schema text   NOT NULL,
    table_name    text   NOT NULL,
    zero_dates    bigint NOT NULL DEFAULT 0,
    nul_values    bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (source_name, origin_schema, table_name)
) WITH (fillfactor = 50);
COMMENT ON COLUMN conversion_count.zero_dates IS 'Zero and partial dates that came, by copy and by stream, whatever became of them.';
COMMENT ON COLUMN conversion_count.nul_values IS 'Values in which NUL characters were left out or replaced.';

CREATE TABLE destination_name (
    source_name      text NOT NULL REFERENCES source ON DELETE CASCADE,
    origin_schema    text NOT NULL,
    table_name       text NOT NULL,
    kind             text NOT NULL CHECK (kind IN ('table', 'column')),
    name             text NOT NULL,
    destination_name text NOT NULL,
    PRIMARY KEY (source_name, origin_schema, table_name, kind, name)
);
COMMENT ON TABLE destination_name IS 'Tables and columns that are called otherwise than at the source: their names are too long, or taken.';
