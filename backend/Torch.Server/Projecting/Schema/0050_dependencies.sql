-- Whom a node depends on: new problems of it are marked while one of those is not available.
create table torch.dependencies (
    node_id uuid not null,
    depends_on_id uuid not null,
    ordinal bigint not null,            -- the position at which it was added
    added_at timestamptz not null,
    added_by text,
    primary key (node_id, depends_on_id)
);
create index dependencies_on on torch.dependencies (depends_on_id);

-- The nodes that a problem was the consequence of; null for a problem of its own and for a recovery.
alter table torch.transitions add column suppressed uuid[];
alter table torch.node_statuses add column suppressed uuid[];
