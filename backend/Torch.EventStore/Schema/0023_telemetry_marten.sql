-- Marten's remaining tables. Torch moves only mt_event_progression; the sequence stands for Marten's sake (see torch_log.positions).
create sequence telemetry.mt_events_sequence start 1 cache 1 owned by telemetry.mt_events.seq_id;

create table telemetry.mt_event_progression (
    name varchar not null,
    last_seq_id bigint,
    last_updated timestamptz default transaction_timestamp(),
    constraint pk_mt_event_progression primary key (name)
) with (fillfactor = 50);

create table telemetry.mt_high_water_skips (
    ending_sequence bigint not null,
    starting_sequence bigint not null,
    timestamp timestamptz default transaction_timestamp(),
    constraint pkey_mt_high_water_skips_ending_sequence primary key (ending_sequence)
);
