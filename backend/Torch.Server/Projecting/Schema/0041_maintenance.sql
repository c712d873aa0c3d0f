-- Maintenance windows as they are planned. Whether one is open follows from its plan and the time; only a flexible one has to be told.
create table torch.maintenance (
    id uuid primary key,
    name text not null,
    node_ids uuid[] not null,
    schedule jsonb not null,
    reason text,
    created_by text,
    created_at timestamptz not null,
    ended_at timestamptz,               -- when somebody last ended it early
    begun_at timestamptz,               -- of a flexible one, with begun_until
    begun_until timestamptz,
    version bigint not null             -- of the window's stream: the ETag
);

-- When a node is meant to be there: {"schedule","timeZone"}.
alter table torch.nodes add column service_period jsonb;
