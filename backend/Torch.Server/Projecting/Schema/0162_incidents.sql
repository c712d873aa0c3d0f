-- Root causes' bad times. A row changes until its incident ends.
create table torch.incidents (
    id uuid primary key,
    cause_id uuid not null,
    position bigint not null,
    at timestamptz not null,
    status text not null,
    worst text not null,
    since timestamptz not null,
    sentence text not null,
    ended_at timestamptz,
    suppressed_by uuid[] not null,
    acknowledged jsonb,
    affected jsonb not null,
    node_ids uuid[] not null            -- the cause and all that it ever affected
);
create index incidents_position on torch.incidents (position desc, id);
create index incidents_open on torch.incidents (position) where ended_at is null;
create index incidents_nodes on torch.incidents using gin (node_ids);

-- What the fold of incidents needs of the trees and of the workspace's own statuses: a projection reads no table of another one.
create table torch.incident_edges (
    child_id uuid not null,
    parent_id uuid not null,
    primary key (child_id, parent_id)
);
create table torch.incident_statuses (
    name text primary key,
    position bigint not null,           -- the order in which they were defined
    data jsonb not null
);
