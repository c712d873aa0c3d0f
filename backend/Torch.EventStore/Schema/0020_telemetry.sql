-- The telemetry: observations. Kept for the retention period.
create schema telemetry;
