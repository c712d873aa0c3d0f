-- Torch's own figures over time: what each server said of itself, counted together per minute, quarter of an hour and day. Minutes go
-- after two weeks and quarters of an hour after 400 days, by the log's own time, so that a rebuild comes to the same rows.
create table torch.server_figures (
    level_minutes integer not null,
    bucket timestamptz not null,
    server text not null,
    figures jsonb not null,             -- by name: [how many, their sum, the least, the largest]
    primary key (level_minutes, bucket, server)
);
create table torch_sealed.server_figures (like torch.server_figures including defaults, primary key (level_minutes, bucket, server));

-- What became of Torch itself: servers that came and went, agents, the database, rebuilds, retention.
create table torch.service_events (
    position bigint primary key,
    at timestamptz not null,
    type text not null,
    data jsonb not null
);
create index service_events_type on torch.service_events (type, position);

-- What the log tells of them already.
insert into torch_log.rebuilds (projection, purpose)
select 'ServiceEvents:All', 'swap' where exists (select from journal.mt_event_progression where name = 'Rollups:All')
on conflict do nothing;
