-- What an incident dragged along recovers in the same moment as its cause, but in later events: until that moment has passed it is leaving.
alter table torch.incidents
    add column end_position bigint,     -- of the event that ended it
    add column end_moment bigint,       -- of the one that brought that about
    add column leaving boolean not null default false;
drop index torch.incidents_open;
create index incidents_open on torch.incidents (position) where ended_at is null or leaving;

insert into torch_log.rebuilds (projection, purpose)
select 'Incidents:All', 'swap' where exists (select from torch.incidents)
on conflict do nothing;
