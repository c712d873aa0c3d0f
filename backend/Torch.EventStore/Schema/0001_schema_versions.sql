-- What has been applied to this database. Runs at every start, for the installer must read it before anything else.
create schema if not exists torch_log;

create table if not exists torch_log.schema_versions (
    set_name text not null,
    script text not null,
    sha256 bytea not null,
    applied_at timestamptz not null default now(),
    primary key (set_name, script)
);
