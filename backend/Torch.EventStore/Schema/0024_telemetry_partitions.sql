-- Which positions each partition takes: from_position inclusive, to_position exclusive. The catalogue of telemetry.mt_events.
create table torch_log.telemetry_partitions (
    name text primary key,
    from_position bigint not null unique,
    to_position bigint not null unique,
    created_at timestamptz not null default now(),
    check (from_position < to_position)
);
