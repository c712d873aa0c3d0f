-- Observations that come late change what was. A transition that did not happen after all stays, with when that was learned; those that
-- did instead come with the position of the revision, several of them with one. Effective history is what was not replaced.
alter table torch.transitions add column ordinal integer not null default 0;
alter table torch.transitions add column recorded_at timestamptz;
alter table torch.transitions add column replaced_at timestamptz;
alter table torch.transitions add column replaced_position bigint;
update torch.transitions t set recorded_at = e.timestamp from journal.mt_events e where e.seq_id = t.position;
update torch.transitions set recorded_at = at where recorded_at is null;
alter table torch.transitions alter column recorded_at set not null;
alter table torch.transitions drop constraint transitions_pkey;
alter table torch.transitions add primary key (node_id, position, ordinal);
