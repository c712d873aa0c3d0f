-- When Torch itself was away, so that nothing was observed: no data of any check, which is not a fault of any target.
create table torch.absences (
    position bigint primary key,        -- of the event that tells of it
    from_at timestamptz not null,
    to_at timestamptz not null
);
create table torch_sealed.absences (like torch.absences including defaults, primary key (position));

-- Those that the log still tells of.
insert into torch_log.rebuilds (projection, purpose)
select 'Absences:All', 'swap' where exists (select from journal.mt_event_progression where name = 'Rollups:All')
on conflict do nothing;
