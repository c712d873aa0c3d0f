-- As in 0100, but a commit that brings the journal alone raises its streams in one update.

create or replace function torch_log.append(
    slot_logs smallint[], slot_ids uuid[], slot_types text[], slot_counts integer[],
    append_members integer[], append_slots integer[], append_counts integer[], append_expected bigint[],
    key_members integer[], key_scopes text[], key_values text[], key_hashes bytea[], key_answers bytea[], key_offsets integer[],
    move_members integer[], move_names text[], move_froms bigint[], move_tos bigint[],
    offset_members integer[], offset_spools uuid[], offset_froms bigint[], offset_tos bigint[],
    event_members integer[], event_slots integer[], event_ordinals integer[], event_ids uuid[], event_types text[], event_data jsonb[],
    event_correlations text[], event_causations text[], event_headers jsonb[],
    member_count integer, wants_head boolean,
    out first_position bigint, out at timestamptz, out versions_before bigint[], out head bigint, out refusals torch_log.refusal[]
)
language plpgsql as $$
declare
    micros bigint;
    refused integer[] := '{}';
    -- Changing the role makes the session plan anew, which only a large commit makes up for.
    is_large boolean := cardinality(event_ids) >= 1000
        and has_parameter_privilege('session_replication_role', 'set')
        and not exists (select from pg_trigger
            where tgrelid = 'journal.mt_events'::regclass and not tgisinternal and tgtype & 4 <> 0); -- of inserts
begin
    -- The same key for every server on this database: commit order is position order. Held until the commit is visible.
    perform pg_advisory_xact_lock(8391177341250815);

    micros := greatest((extract(epoch from clock_timestamp()) * 1000000)::bigint, (select last_value from torch_log.clock));
    at := timestamptz 'epoch' + micros * interval '1 microsecond';
    refusals := '{}';

    if key_members is not null then
        refusals := refusals || torch_log.refuse_keys(at, key_members, key_scopes, key_values, key_hashes);
    end if;
    if move_members is not null then
        refusals := refusals || torch_log.refuse_checkpoints(move_members, move_names, move_froms);
    end if;
    if offset_members is not null then
        refusals := refusals || torch_log.refuse_offsets(offset_members, offset_spools, offset_froms);
    end if;
    if append_expected is not null then
        refused := coalesce((select array_agg(r.member) from unnest(refusals) r), '{}');
        refusals := refusals || torch_log.refuse_versions(
            refused, slot_logs, slot_ids, append_members, append_slots, append_counts, append_expected);
    end if;
    if cardinality(refusals) > 0 then
        refused := (select array_agg(distinct r.member) from unnest(refusals) r);
        if cardinality(refused) = member_count then
            return;
        end if;
        select array_agg(x.ordinal order by x.i) into event_ordinals from (
            select e.i, sum((e.member <> all (refused))::integer) over (partition by e.slot order by e.i)::integer as ordinal
            from unnest(event_members, event_slots) with ordinality as e (member, slot, i)) x;
        select array_agg(x.n order by x.slot) into slot_counts from (
            select s.slot, (count(e.slot))::integer as n
            from generate_subscripts(slot_ids, 1) as s (slot)
            left join unnest(event_members, event_slots) as e (member, slot) on e.slot = s.slot and e.member <> all (refused)
            group by s.slot) x;
    end if;

    if wants_head then
        head := torch_log.head();
    end if;
    first_position := (select last_value from torch_log.positions) + 1;

    if cardinality(event_ids) > 0 then
        perform setval('torch_log.positions', first_position + cardinality(event_ids) - 1);
        perform setval('torch_log.clock', micros);
        if not 0 = any (slot_logs) then
            versions_before := torch_log.raise_telemetry_streams(at, slot_ids, slot_types, slot_counts);
        elsif not 1 = any (slot_logs) then
            versions_before := torch_log.raise_journal_streams(at, slot_ids, slot_types, slot_counts);
        else
            versions_before := torch_log.raise_streams(at, slot_logs, slot_ids, slot_types, slot_counts);
        end if;

        if 1 = any (slot_logs) then
            insert into telemetry.mt_events (seq_id, id, stream_id, version, data, type, timestamp)
            select first_position + e.i - 1, e.id, slot_ids[e.slot], versions_before[e.slot] + e.ordinal, e.data, e.type, at
            from unnest(event_members, event_slots, event_ordinals, event_ids, event_types, event_data)
                with ordinality as e (member, slot, ordinal, id, type, data, i)
            where slot_logs[e.slot] = 1 and e.member <> all (refused);
        end if;
        if 0 = any (slot_logs) then
            if is_large then
                perform set_config('session_replication_role', 'replica', true);
            end if;
            insert into journal.mt_events (seq_id, id, stream_id, version, data, type, timestamp,
                correlation_id, causation_id, headers)
            select first_position + e.i - 1, e.id, slot_ids[e.slot], versions_before[e.slot] + e.ordinal, e.data, e.type, at,
                e.correlation, e.causation, e.headers
            from unnest(event_members, event_slots, event_ordinals, event_ids, event_types, event_data,
                    event_correlations, event_causations, event_headers)
                with ordinality as e (member, slot, ordinal, id, type, data, correlation, causation, headers, i)
            where slot_logs[e.slot] = 0 and e.member <> all (refused);
            if is_large then
                perform set_config('session_replication_role', 'origin', true);
            end if;
        end if;
        perform pg_notify('torch_log', '');
    end if;

    if key_members is not null then
        insert into torch_log.idempotency_keys (hour, scope, key, request_hash, answer, position, created_at)
        select (micros / 3600000000) % 26, k.scope, k.key, k.hash, k.answer, coalesce(first_position + k.last_offset, head, 0), at
        from unnest(key_members, key_scopes, key_values, key_hashes, key_answers, key_offsets)
            as k (member, scope, key, hash, answer, last_offset)
        where k.member <> all (refused);
    end if;
    if move_members is not null then
        insert into journal.mt_event_progression as p (name, last_seq_id)
        select m.name, m.to_position from unnest(move_members, move_names, move_tos) as m (member, name, to_position)
        where m.member <> all (refused)
        on conflict (name) do update set last_seq_id = excluded.last_seq_id, last_updated = transaction_timestamp();
    end if;
    if offset_members is not null then
        insert into torch_log.spool_offsets (spool_id, last_offset, moved_at)
        select o.spool, o.to_offset, append.at from unnest(offset_members, offset_spools, offset_tos) as o (member, spool, to_offset)
        where o.member <> all (refused)
        on conflict (spool_id) do update set last_offset = excluded.last_offset, moved_at = excluded.moved_at;
    end if;
end $$;
