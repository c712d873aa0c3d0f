-- Why an incident began and how it ended are told apart from why its cause has its status.
alter table torch.incidents
    add column first_sentence text not null default '',
    add column end_sentence text;

insert into torch_log.rebuilds (projection, purpose)
select 'Incidents:All', 'swap' where exists (select from torch.incidents)
on conflict do nothing;
