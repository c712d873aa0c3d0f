-- What was told: the event as it stands in the log.
create table torch.notices (
    id uuid primary key,
    position bigint not null,
    rule_id uuid not null,
    data jsonb not null
);
create index notices_position on torch.notices (position desc);

-- Of which incidents, for the page of one.
create table torch.notice_incidents (
    incident_id uuid not null,
    notice_id uuid not null,
    primary key (incident_id, notice_id)
);

-- What became of it on each channel.
create table torch.notice_deliveries (
    notice_id uuid not null,
    channel_id uuid not null,
    state text not null,                -- waiting, delivered, failed
    attempts integer not null,
    detail text,
    at timestamptz,                     -- of the last attempt
    retry_at timestamptz,
    primary key (notice_id, channel_id)
);
create index notice_deliveries_waiting on torch.notice_deliveries (channel_id) where state = 'waiting';
