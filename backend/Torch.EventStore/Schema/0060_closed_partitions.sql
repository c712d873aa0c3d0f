-- What a closed partition holds. Filled once, when no position of it can be drawn any more.
alter table torch_log.telemetry_partitions
    add column closed_at timestamptz,
    add column first_position bigint,
    add column last_position bigint,
    add column first_time timestamptz,
    add column last_time timestamptz,
    add column row_count bigint;

-- Who still needs raw observations, from a time or a position on. A partition that reaches beyond either is kept.
create table torch_log.retention_holds (
    name text primary key,
    from_time timestamptz,
    from_position bigint,
    reason text not null,
    check (from_time is not null or from_position is not null)
);
