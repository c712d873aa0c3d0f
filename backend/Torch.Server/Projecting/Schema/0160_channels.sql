-- Where notices go, without what is secret of it: that stands sealed in the channel's stream.
create table torch.channels (
    id uuid primary key,
    name text not null,
    settings jsonb not null,
    secrets text[] not null,            -- their names
    disabled_because text,              -- its receiver said that it is gone
    version bigint not null             -- of the channel's stream: the ETag
);
create index channels_name on torch.channels (name, id);

-- Who is told of what.
create table torch.notice_rules (
    id uuid primary key,
    name text not null,
    settings jsonb not null,
    version bigint not null
);
create index notice_rules_name on torch.notice_rules (name, id);
