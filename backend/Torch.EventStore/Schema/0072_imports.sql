-- What was imported into this database, and whether it was finished: Torch does not start on half a copy.
create table torch_log.imports (
    id bytea primary key,                   -- SHA-256 of the export's header line
    from_position bigint not null,
    to_position bigint not null,
    started_at timestamptz not null default now(),
    finished_at timestamptz
);
