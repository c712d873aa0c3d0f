-- What nodes were and how they hung together at any position, so that a tree of the past is read as one of the present is, whatever
-- the observations of that time have become. A row holds from its position on and before the other one; null: still.
create table torch.past_nodes (
    node_id uuid not null,
    from_position bigint not null,
    to_position bigint,
    name text not null,
    check_id uuid,
    tags text[] not null,
    paused boolean not null default false,
    staleness interval,
    rules_version bigint not null default 0,
    created_at timestamptz not null,
    primary key (node_id, from_position)
);

create table torch.past_edges (
    parent_id uuid not null,
    child_id uuid not null,
    from_position bigint not null,
    to_position bigint,
    weight numeric not null,
    required boolean not null,
    contribution text not null,
    ordinal bigint not null,            -- as in torch.edges
    primary key (parent_id, child_id, from_position)
);
create index past_edges_child on torch.past_edges (child_id);

create table torch.past_marks (
    node_id uuid not null,
    position bigint not null,           -- of the event that said so
    at timestamptz not null,            -- when it took effect
    cause bigint,                       -- the position of what brought it about; null in logs from before it was told
    marks jsonb,                        -- null: none any more
    primary key (node_id, position)
);

-- A check keeps its kind.
create table torch.past_kinds (
    check_id uuid primary key,
    position bigint not null,
    kind text not null
);

-- The newest change before a moment is the first entry of a range.
create index transitions_newest on torch.transitions (node_id, at, position, ordinal);
drop index torch.transitions_at;

-- Of a log that is there already: what comes goes on from where the others stand, what was is folded beside it.
insert into journal.mt_event_progression (name, last_seq_id)
select 'Past:All', last_seq_id from journal.mt_event_progression where name = 'Nodes:All'
on conflict do nothing;

insert into torch_log.rebuilds (projection, purpose)
select 'Past:All', 'swap' where exists (select from journal.mt_event_progression where name = 'Nodes:All')
on conflict do nothing;
