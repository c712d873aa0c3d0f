-- The read tables: what the API answers from. Each is a fold of the log and can be emptied and rebuilt.
create schema if not exists torch;

create table torch.nodes (
    id uuid primary key,
    name text not null,
    check_id uuid,
    tags text[] not null default '{}',
    paused boolean not null default false,
    staleness interval,
    rules jsonb not null,               -- {"rules":[{"when","then","attempts","for","name"}],"rollUp","match"}, conditions as text
    rules_version bigint not null default 0,
    rules_reason text,
    rules_author text,
    rules_at timestamptz,
    status text not null default 'unknown',
    since timestamptz not null,
    why jsonb,
    version bigint not null,            -- of the node's stream: the ETag
    created_at timestamptz not null
);
create index nodes_check on torch.nodes (check_id) where check_id is not null;

create table torch.edges (
    parent_id uuid not null,
    child_id uuid not null,
    weight numeric not null default 1,
    required boolean not null default false,
    contribution text not null default 'as-is',
    ordinal bigint not null,            -- the position at which the edge was first drawn: children keep their order
    primary key (parent_id, child_id)
);
create index edges_child on torch.edges (child_id);

create table torch.checks (
    id uuid primary key,
    name text not null,
    kind text not null,
    source text,
    enabled boolean not null default true,
    settings jsonb,                     -- null for a report's check that nobody has created
    version bigint not null default 0,  -- of the check's journal stream: the ETag
    created_at timestamptz not null
);
-- Not unique: a check that people created may listen to a source whose reports have made another one.
create index checks_source on torch.checks (source) where source is not null;

create table torch.latest_observations (
    check_id uuid primary key,
    position bigint not null,
    at timestamptz not null,
    received_at timestamptz not null,
    type text not null,                 -- the event's alias
    data jsonb not null
) with (fillfactor = 50);

create table torch.transitions (
    node_id uuid not null,
    position bigint not null,
    at timestamptz not null,
    from_status text not null,
    to_status text not null,
    why jsonb not null,
    primary key (node_id, position)
);
create index transitions_at on torch.transitions (node_id, at);
create index transitions_position on torch.transitions (position);

-- One row per check, level and bucket. Latency in microseconds for probes; values of reports in the last four columns.
create table torch.rollups (
    check_id uuid not null,
    level_minutes integer not null,
    bucket timestamptz not null,
    count bigint not null,
    good bigint not null,
    sum_us bigint,
    min_us bigint,
    max_us bigint,
    values_count bigint not null default 0,
    sum_value double precision,
    min_value double precision,
    max_value double precision,
    primary key (check_id, level_minutes, bucket)
) with (fillfactor = 70);

-- When Torch was last alive, refreshed by the leader every 5 seconds. One row.
create table torch.heartbeat (
    id integer primary key check (id = 1),
    at timestamptz not null
);
