-- What the servers and their agents log, for a week and within a size. No read model: nothing of it is in the log of events.
create table torch_log.system_logs (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    level smallint not null,            -- of Microsoft.Extensions.Logging: 2 information, 3 warning, 4 error, 5 critical
    component text not null,
    host text not null,
    agent text,                         -- null: a server
    line_id uuid unique,                -- an agent's, by which a line that comes twice is kept once
    message text not null,
    exception text
);
create index system_logs_at on torch_log.system_logs (at, id);
create index system_logs_component on torch_log.system_logs (component, at, id);
