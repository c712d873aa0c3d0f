namespace Torch.EventStore.Tests;

/// <summary>The tables as Marten knows them. The exceptions are named in the tests that prove them.</summary>
public sealed class LayoutTests(LogFixture fixture) : IClassFixture<LogFixture>
{
    private const string Streams = """
        id uuid not null
        type character varying
        version bigint
        timestamp timestamp with time zone not null default now()
        created timestamp with time zone not null default now()
        tenant_id character varying default '*DEFAULT*'::character varying
        is_archived boolean default false
        compacted_version bigint default 0
        """;

    private const string EventsBeforeMetadata = """
        seq_id bigint not null
        id uuid not null
        stream_id uuid
        version bigint not null
        data jsonb not null
        bdata bytea
        type character varying(500) not null
        timestamp timestamp with time zone not null
        tenant_id character varying default '*DEFAULT*'::character varying
        mt_dotnet_type character varying
        """;

    private const string Metadata = """
        correlation_id character varying
        causation_id character varying
        headers jsonb
        """;

    private const string Progression = """
        name character varying not null
        last_seq_id bigint
        last_updated timestamp with time zone default transaction_timestamp()
        """;

    private const string Skips = """
        ending_sequence bigint not null
        starting_sequence bigint not null
        timestamp timestamp with time zone default transaction_timestamp()
        """;

    private const string Archived = "is_archived boolean default false";

    [Theory]
    [InlineData("journal.mt_streams", Streams)]
    [InlineData("telemetry.mt_streams", Streams)]
    [InlineData("journal.mt_events", EventsBeforeMetadata + "\n" + Metadata + "\n" + Archived)]
    [InlineData("telemetry.mt_events", EventsBeforeMetadata + "\n" + Archived)]
    [InlineData("journal.mt_event_progression", Progression)]
    [InlineData("telemetry.mt_event_progression", Progression)]
    [InlineData("journal.mt_high_water_skips", Skips)]
    [InlineData("telemetry.mt_high_water_skips", Skips)]
    public async Task Columns_stand_in_Martens_order(string table, string expected)
    {
        var columns = await ListAsync(
            $"""
            select a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                || case when a.attnotnull then ' not null' else '' end
                || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
            from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where a.attrelid = '{table}'::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum
            """
        );

        string.Join('\n', columns).ShouldBe(expected.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("journal.mt_streams", "pkey_mt_streams_id PRIMARY KEY (id)")]
    [InlineData("telemetry.mt_streams", "pkey_mt_streams_id PRIMARY KEY (id)")]
    [InlineData(
        "journal.mt_events",
        "fkey_mt_events_stream_id FOREIGN KEY (stream_id) REFERENCES journal.mt_streams(id) ON DELETE CASCADE",
        "pkey_mt_events_seq_id PRIMARY KEY (seq_id)"
    )]
    [InlineData("telemetry.mt_events", "pkey_mt_events_seq_id PRIMARY KEY (seq_id)")]
    [InlineData("journal.mt_event_progression", "pk_mt_event_progression PRIMARY KEY (name)")]
    [InlineData(
        "telemetry.mt_high_water_skips",
        "pkey_mt_high_water_skips_ending_sequence PRIMARY KEY (ending_sequence)"
    )]
    public async Task Constraints_bear_Martens_names(string table, params string[] expected)
    {
        var constraints = await ListAsync(
            $"""
            select conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
            where conrelid = '{table}'::regclass and contype in ('p', 'f', 'u') order by conname
            """
        );

        constraints.ShouldBe(expected);
    }

    [Fact]
    public async Task Stream_and_version_are_a_unique_index_in_the_journal()
    {
        var definition = await ListAsync("select pg_get_indexdef('journal.pk_mt_events_stream_and_version'::regclass)");

        definition
            .ShouldHaveSingleItem()
            .ShouldBe(
                "CREATE UNIQUE INDEX pk_mt_events_stream_and_version ON journal.mt_events USING btree (stream_id, version)"
            );
    }

    [Fact]
    public async Task Stream_and_version_are_unique_within_each_partition_of_the_telemetry()
    {
        var unique = await ListAsync(
            """
            select c.relname || ': ' || (select count(*) from pg_index i
                where i.indrelid = c.oid and i.indisunique and pg_get_indexdef(i.indexrelid) like '%(stream_id, version)')
            from pg_inherits h join pg_class c on c.oid = h.inhrelid
            where h.inhparent = 'telemetry.mt_events'::regclass order by 1
            """
        );

        unique.ShouldBe(["mt_events_0: 1", "mt_events_10000000: 1", "mt_events_20000000: 1"]);
    }

    [Fact]
    public async Task Both_logs_have_Martens_sequence()
    {
        var sequences = await ListAsync(
            "select schemaname || ' ' || start_value || ' ' || cache_size from pg_sequences where sequencename = 'mt_events_sequence' order by 1"
        );

        sequences.ShouldBe(["journal 1 1", "telemetry 1 1"]);
    }

    private async Task<List<string>> ListAsync(string sql)
    {
        await using var command = fixture.Database.DataSource.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        var list = new List<string>();
        while (await rows.ReadAsync())
            list.Add(rows.GetString(0));
        return list;
    }
}
