-- The status of a node is the fold of its transitions, its other columns that of its own events. Each read table belongs to one
-- projection, so that one can be rebuilt without the other. A node without a row here has had no transition: unknown since created.
create table torch.node_statuses (
    node_id uuid primary key,
    status text not null,
    since timestamptz not null,
    why jsonb not null,
    position bigint not null            -- of the transition
) with (fillfactor = 70);

insert into torch.node_statuses (node_id, status, since, why, position)
select distinct on (node_id) node_id, to_status, at, why, position from torch.transitions order by node_id, position desc;

alter table torch.nodes drop column status, drop column since, drop column why;
