-- What people and scripts say happened to a node, for its timeline and for those of the nodes below it.
create table torch.annotations (
    id uuid primary key,
    node_id uuid not null,
    kind text not null,
    text text not null,
    link text,
    at timestamptz not null,            -- when it happened
    added_by text,
    added_at timestamptz not null,
    position bigint not null            -- of the event that added it
);
create index annotations_of_node on torch.annotations (node_id, at, id);
