-- Times for which there are no observations because of Torch itself: no agent was live, or an agent lost what it had recorded. Not a
-- fault of the target, and not the same as no data.
create table torch.gaps (
    subject_id uuid not null,           -- the check, or the agent where nobody knows whose results it lost
    position bigint not null,
    agent_id uuid,                      -- whose results are lost; null where no agent was live
    location text not null default 'default',
    from_at timestamptz not null,
    to_at timestamptz,                  -- null while it lasts
    results bigint not null default 0,  -- how many are lost, as far as is known
    reason text not null,
    primary key (subject_id, position)
);
create index gaps_open on torch.gaps (subject_id) where to_at is null;
