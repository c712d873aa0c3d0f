-- What an agent could run while a session lasted: who held a check follows from those that could.
alter table torch.agent_sessions add column kinds text[] not null default '{}';
