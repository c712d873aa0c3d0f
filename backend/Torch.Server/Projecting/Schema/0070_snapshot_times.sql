-- The log's time at a snapshot's position: what came late is folded again from one that is older. Snapshots without it are of an older
-- format and are not read any more.
alter table torch_log.snapshots add column log_time timestamptz;
