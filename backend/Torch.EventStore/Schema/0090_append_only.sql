-- The journal is appended to and read, by whomever: not even its owner changes or removes an event by accident. (Who owns a table can
-- drop a trigger; the chain of signed hashes shows that.) An auditor's role reads and does nothing else.
create function torch_log.refuse_journal_change() returns trigger
language plpgsql as $$
begin
    raise exception 'the journal is append-only' using errcode = 'insufficient_privilege';
end $$;

create trigger append_only before update or delete or truncate on journal.mt_events
    for each statement execute function torch_log.refuse_journal_change();

do $$
begin
    create role torch_auditor nologin;
exception
    when duplicate_object or unique_violation or insufficient_privilege then null;
end $$;

do $$
declare
    name text;
begin
    if to_regrole('torch_auditor') is null then
        return;
    end if;
    foreach name in array array['journal', 'telemetry'] loop
        execute format('grant usage on schema %I to torch_auditor', name);
        execute format('grant select on all tables in schema %I to torch_auditor', name);
        execute format('alter default privileges in schema %I grant select on tables to torch_auditor', name);
    end loop;
end $$;
