-- What is promised of nodes, for lists: an objective itself is read from its stream.
create table torch.objectives (
    id uuid primary key,
    name text not null,
    node_id uuid not null,
    version bigint not null             -- of the objective's stream: the ETag
);
create index objectives_name on torch.objectives (name, id);

-- Observations that came more than ten minutes after their time, so that a report can be made again as it was known at a position.
create table torch.late_observations (
    position bigint not null,
    check_id uuid not null,
    at timestamptz not null,
    good boolean not null,
    us bigint,                          -- null for reports
    primary key (position)
);
create index late_observations_check on torch.late_observations (check_id, at);
create table torch_sealed.late_observations (like torch.late_observations including defaults, primary key (position));

-- Of the sketch those that were not good; null where all were.
alter table torch.rollups add column bad_sketch bytea;
alter table torch_sealed.rollups add column bad_sketch bytea;
alter table torch_sealed.sealed_rollups add column bad_sketch bytea;

insert into torch_log.rebuilds (projection, purpose)
select 'Rollups:All', 'swap' where exists (select from torch.rollups)
on conflict do nothing;
