-- A service that a source failed in starts it again when the operator asks for that.

ALTER TABLE source ADD COLUMN desired_at timestamptz NOT NULL DEFAULT clock_timestamp();
COMMENT ON COLUMN source.desired_at IS 'When the operator asked for desired_state last.';
