-- What incidents affected was told to a tenth of a microsecond or to a whole one, by the pages in which the log happened to be folded.
insert into torch_log.rebuilds (projection, purpose)
select 'Incidents:All', 'swap' where exists (select from journal.mt_event_progression where name = 'Incidents:All')
on conflict do nothing;
