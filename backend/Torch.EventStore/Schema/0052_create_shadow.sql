-- Makes an empty twin of a table in another schema, down to the names of its indexes and constraints, so that the twin can take the
-- table's place. LIKE alone would invent index names and forget storage parameters and privileges. Read tables have no foreign keys.
create function torch_log.create_shadow(live text, shadow text, table_name text) returns void
language plpgsql as $$
declare
    source oid := format('%I.%I', live, table_name)::regclass;
    target text := format('%I.%I', shadow, table_name);
    options text := (select array_to_string(reloptions, ', ') from pg_class where oid = source);
    part record;
begin
    execute format('create table %s (like %s including all excluding indexes)%s',
        target, source::regclass, case when options is null then '' else format(' with (%s)', options) end);
    for part in
        select conname, pg_get_constraintdef(oid) as definition from pg_constraint
        where conrelid = source and contype in ('p', 'u', 'x') order by conname
    loop
        execute format('alter table %s add constraint %I %s', target, part.conname, part.definition);
    end loop;
    for part in
        select pg_get_indexdef(i.indexrelid) as definition from pg_index i
        where i.indrelid = source and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.conrelid = source)
        order by i.indexrelid
    loop
        execute regexp_replace(part.definition, ' ON \S+ USING ', format(' ON %s USING ', target));
    end loop;
    for part in
        select case when a.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end as grantee, a.privilege_type
        from pg_class c cross join lateral aclexplode(c.relacl) a where c.oid = source and a.grantee <> c.relowner
    loop
        execute format('grant %s on %s to %s', part.privilege_type, target, part.grantee);
    end loop;
end $$;
