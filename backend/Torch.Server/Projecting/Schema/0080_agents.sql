-- Agents as they are registered, with their newest session.
create table torch.agents (
    id uuid primary key,
    name text not null,
    location text not null,
    has_key boolean not null,           -- false for the agent inside a server
    registered_by text,
    registered_at timestamptz not null,
    version bigint not null,            -- of the agent's stream: the ETag
    epoch bigint not null default 0,    -- of its newest session; 0 before the first
    program text,
    host text,
    kinds text[] not null default '{}',
    connected_at timestamptz,
    lost_at timestamptz,                -- when Torch noticed that it was away; null while it is there
    last_seen_at timestamptz            -- before that
);

-- Which agents were live in which location when: who held a check at a time follows from it.
create table torch.agent_sessions (
    agent_id uuid not null,
    epoch bigint not null,
    location text not null,
    connected_at timestamptz not null,
    ended_at timestamptz,               -- lost, or another session came, or the agent went elsewhere
    primary key (agent_id, epoch, connected_at)
);
create index agent_sessions_ended on torch.agent_sessions (ended_at);
