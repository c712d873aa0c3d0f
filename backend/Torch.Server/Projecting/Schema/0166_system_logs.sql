-- What the server and its agents log, for a week and within a size. No read model: nothing of it is in the log of events.
create table torch_log.system_logs (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    level smallint not null,            -- of Microsoft.Extensions.Logging: 2 information, 3 warning, 4 error, 5 critical
    component text not null,
    host text not null,
    message text not null,
    exception text
);
create index system_logs_at on torch_log.system_logs (at);
create index system_logs_component on torch_log.system_logs (component, id desc);
