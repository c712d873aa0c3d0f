-- Incidents are folded in one order, however the events came in, and make worse only what they make worse themselves.
insert into torch_log.rebuilds (projection, purpose)
select 'Incidents:All', 'swap' where exists (select from torch.incidents)
on conflict do nothing;
