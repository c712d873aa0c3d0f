namespace Torch.EventStore.Tests;

/// <summary>
/// A dump of each log's schema, line by line, against the layout that Marten knows and the exceptions that Torch makes. Each exception
/// has a name, here and in <c>docs/marten.md</c>.
/// </summary>
public sealed class LayoutTests(LogFixture fixture) : IClassFixture<LogFixture>
{
    // Marten 9, with its columns in their physical order.
    private const string Marten = """
        column mt_event_progression 1 name character varying not null
        column mt_event_progression 2 last_seq_id bigint
        column mt_event_progression 3 last_updated timestamp with time zone default transaction_timestamp()
        column mt_events 1 seq_id bigint not null
        column mt_events 2 id uuid not null
        column mt_events 3 stream_id uuid
        column mt_events 4 version bigint not null
        column mt_events 5 data jsonb not null
        column mt_events 6 bdata bytea
        column mt_events 7 type character varying(500) not null
        column mt_events 8 timestamp timestamp with time zone not null
        column mt_events 9 tenant_id character varying default '*DEFAULT*'::character varying
        column mt_events 10 mt_dotnet_type character varying
        column mt_events 11 is_archived boolean default false
        column mt_high_water_skips 1 ending_sequence bigint not null
        column mt_high_water_skips 2 starting_sequence bigint not null
        column mt_high_water_skips 3 timestamp timestamp with time zone default transaction_timestamp()
        column mt_streams 1 id uuid not null
        column mt_streams 2 type character varying
        column mt_streams 3 version bigint
        column mt_streams 4 timestamp timestamp with time zone not null default now()
        column mt_streams 5 created timestamp with time zone not null default now()
        column mt_streams 6 tenant_id character varying default '*DEFAULT*'::character varying
        column mt_streams 7 is_archived boolean default false
        column mt_streams 8 compacted_version bigint default 0
        constraint fkey_mt_events_stream_id mt_events FOREIGN KEY (stream_id) REFERENCES mt_streams(id) ON DELETE CASCADE
        constraint pk_mt_event_progression mt_event_progression PRIMARY KEY (name)
        constraint pkey_mt_events_seq_id mt_events PRIMARY KEY (seq_id)
        constraint pkey_mt_high_water_skips_ending_sequence mt_high_water_skips PRIMARY KEY (ending_sequence)
        constraint pkey_mt_streams_id mt_streams PRIMARY KEY (id)
        index pk_mt_event_progression mt_event_progression UNIQUE btree (name)
        index pk_mt_events_stream_and_version mt_events UNIQUE btree (stream_id, version)
        index pkey_mt_events_seq_id mt_events UNIQUE btree (seq_id)
        index pkey_mt_high_water_skips_ending_sequence mt_high_water_skips UNIQUE btree (ending_sequence)
        index pkey_mt_streams_id mt_streams UNIQUE btree (id)
        sequence mt_events_sequence start 1 cache 1
        table mt_event_progression
        table mt_events
        table mt_high_water_skips
        table mt_streams
        """;

    private sealed record Exception(string Name, string[] Instead, string[] Of);

    private static readonly Exception Room = new(
        "room for updates",
        [
            "options mt_event_progression fillfactor=50",
            "options mt_streams autovacuum_vacuum_scale_factor=0 autovacuum_vacuum_threshold=20000 fillfactor=50",
        ],
        []
    );

    // Marten's own option, with its own places for them: after mt_dotnet_type.
    private static readonly Exception Metadata = new(
        "metadata columns",
        [
            "column mt_events 11 correlation_id character varying",
            "column mt_events 12 causation_id character varying",
            "column mt_events 13 headers jsonb",
            "column mt_events 14 is_archived boolean default false",
        ],
        ["column mt_events 11 is_archived boolean default false"]
    );

    private static readonly Exception Partitions = new(
        "range partitions",
        ["table mt_events partitioned by RANGE (seq_id)"],
        ["table mt_events"]
    );

    private static readonly Exception NoForeignKey = new(
        "no foreign key",
        [],
        [
            "constraint fkey_mt_events_stream_id mt_events FOREIGN KEY (stream_id) REFERENCES mt_streams(id) ON DELETE CASCADE",
        ]
    );

    private static readonly Exception UniqueByPartition = new(
        "unique within each partition",
        [],
        ["index pk_mt_events_stream_and_version mt_events UNIQUE btree (stream_id, version)"]
    );

    private static readonly Dictionary<string, Exception[]> Exceptions = new()
    {
        ["journal"] = [Room, Metadata],
        ["telemetry"] = [Room, Partitions, NoForeignKey, UniqueByPartition],
    };

    [Theory]
    [InlineData("journal")]
    [InlineData("telemetry")]
    public async Task A_dump_of_the_schema_is_Martens_layout_but_for_the_named_exceptions(string schema)
    {
        var expected = Marten.ReplaceLineEndings("\n").Split('\n').ToList();
        foreach (var exception in Exceptions[schema])
        {
            foreach (var line in exception.Of)
                expected.Remove(line).ShouldBeTrue($"{exception.Name}: Marten has no line {line}");
            expected.AddRange(exception.Instead);
        }

        (await DumpAsync(schema)).ShouldBe(expected.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Each_partition_of_the_telemetry_has_the_columns_of_the_whole_and_its_own_unique_index()
    {
        var whole = (await DumpAsync("telemetry")).Where(l => l.StartsWith("column mt_events ")).ToList();
        var dump = await DumpAsync("telemetry", partitions: true);
        var catalogue = await ListAsync(
            "select format('%s %s %s', name, from_position, to_position) from torch_log.telemetry_partitions"
        );

        catalogue.Count.ShouldBeGreaterThan(1);
        foreach (var row in catalogue.Select(r => r.Split(' ')))
        {
            var (partition, from, to) = (row[0], row[1], row[2]);
            dump.Where(l => l.StartsWith($"column {partition} "))
                .ShouldBe(whole.Select(l => l.Replace("mt_events", partition)));
            dump.ShouldContain(
                $"index pk_{partition}_stream_and_version {partition} UNIQUE btree (stream_id, version)"
            );
            dump.ShouldContain($"constraint pkey_{partition} {partition} PRIMARY KEY (seq_id)");
            dump.ShouldContain(
                $"constraint range_{partition} {partition} CHECK (((seq_id >= {from}) AND (seq_id < {to})))"
            );
        }
    }

    [Fact]
    public void Every_exception_is_named_in_the_documentation()
    {
        var page = File.ReadAllText(Path.Combine(Root(AppContext.BaseDirectory), "docs", "marten.md"));

        foreach (var name in Exceptions.Values.SelectMany(e => e).Select(e => e.Name).Distinct())
            page.ShouldContain($"**{name}**", Case.Insensitive);
    }

    private async Task<List<string>> DumpAsync(string schema, bool partitions = false)
    {
        var sql = $"""
            with r as (
                select c.* from pg_class c
                where c.relnamespace = '{schema}'::regnamespace and c.relkind in ('r', 'p') and c.relispartition = {partitions}
            )
            select 'table ' || relname || coalesce(' partitioned by ' || pg_get_partkeydef(oid), '') from r
            union all
            select 'options ' || relname || ' ' || (select string_agg(o, ' ' order by o) from unnest(reloptions) o)
            from r where reloptions is not null
            union all
            select 'column ' || r.relname || ' ' || row_number() over (partition by r.oid order by a.attnum) || ' ' || a.attname || ' '
                || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end
                || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
            from r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            union all
            select 'constraint ' || k.conname || ' ' || r.relname || ' ' || replace(pg_get_constraintdef(k.oid), '{schema}.', '')
            from r join pg_constraint k on k.conrelid = r.oid where k.contype in ('p', 'f', 'u', 'c', 'x')
            union all
            select 'index ' || i.relname || ' ' || r.relname || case when x.indisunique then ' UNIQUE ' else ' ' end
                || regexp_replace(pg_get_indexdef(i.oid), '^.* USING ', '')
            from r join pg_index x on x.indrelid = r.oid join pg_class i on i.oid = x.indexrelid
            union all
            select 'sequence ' || sequencename || ' start ' || start_value || ' cache ' || cache_size
            from pg_sequences where schemaname = '{schema}' and not {partitions}
            """;
        return [.. (await ListAsync(sql)).Order(StringComparer.Ordinal)];
    }

    private async Task<List<string>> ListAsync(string sql)
    {
        await using var command = fixture.Database.DataSource.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await rows.ReadAsync())
            lines.Add(rows.GetString(0));
        return lines;
    }

    private static string Root(string folder) =>
        File.Exists(Path.Combine(folder, "Torch.Cqrs.sln")) ? folder : Root(Path.GetDirectoryName(folder)!);
}
