-- How long a node was in each status since its first one: for each day (of UTC) with a change, as it stood at the last change of that day.
-- Milliseconds per status of any bucket are the difference of two of them and what changed at its edges.
create table torch.node_days (
    node_id uuid not null,
    day timestamptz not null,
    at timestamptz not null,            -- of the last change of the day, in whole milliseconds
    status text not null,               -- from then on
    statuses text[] not null,           -- those that it has been in, by name
    ms bigint[] not null,               -- how long in each, up to then
    primary key (node_id, day)
) with (fillfactor = 70);

create index transitions_replaced on torch.transitions (replaced_position) where replaced_position is not null;

insert into torch_log.rebuilds (projection, purpose)
select 'Transitions:All', 'swap' where exists (select from torch.transitions)
on conflict do nothing;
