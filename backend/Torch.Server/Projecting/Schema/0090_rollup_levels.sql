-- Rollups of a minute and of a day beside those of a quarter of an hour, and with each row what percentiles and phases are answered
-- from: fixed buckets of a sketch, and counts and sums of each phase. Rows from before have neither.
alter table torch.rollups add column sketch bytea;
alter table torch.rollups add column phases bytea;
alter table torch_sealed.rollups add column sketch bytea;
alter table torch_sealed.rollups add column phases bytea;
alter table torch_sealed.sealed_rollups add column sketch bytea;
alter table torch_sealed.sealed_rollups add column phases bytea;

-- A partition that was being sealed is sealed from its beginning again, so that it has all levels; it is still there.
delete from torch_sealed.rollups;
update torch_sealed.progress set position = coalesce((select max(to_position) - 1 from torch_sealed.partitions), 0);

-- What the log still holds is folded again beside the live rows, which stay readable meanwhile.
insert into torch_log.rebuilds (projection, purpose)
select 'Rollups:All', 'swap' where exists (select from torch.rollups)
on conflict do nothing;
