-- Members one of whose streams is not at the expected version. Members are judged in their order, each on what the accepted ones
-- before it leave behind; refused holds those that were refused for other reasons. Runs under the append lock.
create function torch_log.refuse_versions(
    refused integer[], slot_logs smallint[], slot_ids uuid[],
    members integer[], slots integer[], counts integer[], expected bigint[]
) returns torch_log.refusal[]
language plpgsql as $$
declare
    versions bigint[];
    refusals torch_log.refusal[] := '{}';
    dropped integer := -1;
begin
    select array_agg(coalesce(case when l.log = 0 then j.version else t.version end, 0) order by l.slot)
        into versions
        from unnest(slot_logs, slot_ids) with ordinality as l (log, id, slot)
        left join journal.mt_streams j on l.log = 0 and j.id = l.id
        left join telemetry.mt_streams t on l.log = 1 and t.id = l.id;

    for i in 1..cardinality(members) loop
        continue when members[i] = dropped or members[i] = any (refused);
        if expected[i] is null or expected[i] = versions[slots[i]] then
            versions[slots[i]] := versions[slots[i]] + counts[i];
            continue;
        end if;
        dropped := members[i];
        refusals := refusals || (dropped, 1, versions[slots[i]], i, null)::torch_log.refusal;
        for j in reverse i - 1..1 loop
            exit when members[j] <> dropped;
            versions[slots[j]] := versions[slots[j]] - counts[j];
        end loop;
    end loop;
    return refusals;
end $$;
