-- Events that a projection could not fold in three tries. The projection went on without them; a person decides.
create table torch_log.parked_events (
    projection text not null,
    position bigint not null,
    log smallint not null,                  -- 0 journal, 1 telemetry
    stream_id uuid not null,
    type text not null,
    error text not null,
    parked_at timestamptz not null default now(),
    primary key (projection, position)
);
