-- Several connections that apply one batch.

ALTER TABLE replay_position ADD COLUMN run bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN replay_position.run IS
    'Goes up with every replay that begins: one that began earlier can commit nothing more.';

CREATE TABLE replay_lane (
    source_name    text    NOT NULL REFERENCES source ON DELETE CASCADE,
    lane           integer NOT NULL CHECK (lane > 1),
    until_offset   bigint  NOT NULL,
    origin_schemas text[]  NOT NULL,
    table_names    text[]  NOT NULL,
    PRIMARY KEY (source_name, lane),
    CHECK (cardinality(origin_schemas) = cardinality(table_names))
) WITH (fillfactor = 10);
COMMENT ON TABLE replay_lane IS
    'What lanes applied that commit before the replay position does; of no meaning once that has passed until_offset.';
COMMENT ON COLUMN replay_lane.until_offset IS 'The first Kafka offset of the lane''s tables that is not applied yet.';
