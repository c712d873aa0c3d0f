-- One of several locations that had nobody; null where nobody was left in any.
alter table torch.gaps add column place text;
