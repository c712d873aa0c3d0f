using System.Globalization;
using Npgsql;
using Torch.Domain;
using Torch.Domain.Nodes;
using Torch.Domain.Rollups;
using Torch.Domain.Slo;
using Torch.EventStore;
using Torch.EventStore.Embedded;
using Torch.Server.Events;
using Torch.Server.Features.Checks;
using Torch.Server.Features.Slos;
using Torch.Server.Http;
using Stopwatch = System.Diagnostics.Stopwatch;

// A 90-day report over a group of 1,000 leaves, and a 90-day chart, from transitions and rollups that are generated into the read tables
// of a PostgreSQL of its own; then the same after twice the history.
// usage: [days between two outages of a leaf] [folder]
var every = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 3;
var folder = args.Length > 1 ? args[1] : Path.Combine(Path.GetTempPath(), "torch-bench-" + Environment.ProcessId);
const int Leaves = 1_000;
const int Rounds = 20;
var now = new DateTimeOffset(DateTime.UtcNow.Date, TimeSpan.Zero);
var (group, check, objective) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
await using var server = await EmbeddedPostgres.StartAsync(new() { DataDirectory = folder });
await using var db = NpgsqlDataSource.Create(server.ConnectionString + ";Max Auto Prepare=100");
await SchemaInstaller.ApplyAsync(db, SchemaScript.EmbeddedIn(typeof(EventCodec).Assembly), CancellationToken.None);
await using (var log = new EventLog(db))
{
    await AppendAsync(log, group, new NodeCreated(group, "group", null, []));
    var window = new SloWindow(SloWindowKind.Rolling, TimeSpan.FromDays(90));
    var settings = new ObjectiveSettings("all", group, 99.9m, window, new Sli(SliKind.Time));
    await AppendAsync(log, objective, new ObjectiveCreated(objective, settings));
    await ExecuteAsync(
        "insert into torch.nodes (id, name, rules, version, created_at) select $1, 'group', '{}', 1, now()",
        group
    );
    await ExecuteAsync(
        """
        with leaves as (
            insert into torch.nodes (id, name, check_id, rules, version, created_at)
            select gen_random_uuid(), 'leaf ' || n, null, '{}', 1, now() from generate_series(1, 1000) n returning id)
        insert into torch.edges (parent_id, child_id, ordinal) select $1, id, 1 from leaves
        """,
        group
    );
    var position = await log.HeadAsync(CancellationToken.None);
    var reading = new ObjectiveReading(log);
    var making = new ReportMaking(db, reading, new SubtreeReading(db, null!));
    for (var days = 90; days <= 180; days += 90)
    {
        var rows = await HistoryAsync(days - 90, days);
        await ExecuteAsync("analyze");
        var asked = new ReportAsked(objective, position, IsPast: false, now, Subtree: true);
        var report = await MedianAsync(async () =>
        {
            var made = await making.MakeAsync(asked, CancellationToken.None);
            if (made?.Nodes?.Count != Leaves + 1)
                throw new InvalidOperationException("the report is not whole");
        });
        var range = new TimeRange(now.AddDays(-90), now);
        var chart = await MedianAsync(async () =>
        {
            var plan = await SeriesPlan.MakeAsync(db, check, range, 96, CancellationToken.None);
            await SeriesReading.ReadAsync(db, check, plan, CancellationToken.None);
        });
        Say(
            $"{days} days of history, {rows:N0} transitions: report over {Leaves:N0} nodes and 90 days {report:0} ms (limit 200), chart of 90 days {chart:0} ms (limit 50)"
        );
    }
}
await server.DisposeAsync();
NpgsqlConnection.ClearAllPools();
Directory.Delete(folder, recursive: true);

// An outage of some minutes now and then, seeded; one check with an observation a minute, in all levels.
async Task<long> HistoryAsync(int from, int to)
{
    await ExecuteAsync(
        """
        insert into torch.transitions (node_id, position, ordinal, at, from_status, to_status, why, recorded_at)
        select e.child_id, 1, ($2 * 100000 + n * 2 + s)::int,
            $1 - make_interval(secs => ($3 - n * $4) * 86400 - s * (60 + 1800 * ('x' || substr(md5(e.child_id::text || n), 1, 4))::bit(16)::int / 65536.0)),
            case s when 0 then 'up' else 'down' end, case s when 0 then 'down' else 'up' end, '{"sentence":"generated"}', $1
        from torch.edges e, generate_series(0, ((($3 - $2) / $4)::int) - 1) n, generate_series(0, 1) s
        """,
        now,
        (double)from,
        (double)to,
        every
    );
    foreach (var minutes in new[] { 1, 15, 1440 })
        await ExecuteAsync(
            """
            insert into torch.rollups (check_id, level_minutes, bucket, count, good, sum_us, min_us, max_us, sketch, phases)
            select $1, $2, at, $2, $2, $2 * 20000, 15000, 30000, $6, $7
            from generate_series($3 - make_interval(days => $5), $3 - make_interval(days => $4) - interval '1 minute', make_interval(mins => $2)) at
            """,
            check,
            minutes,
            now,
            from,
            to,
            Sketched(minutes),
            new PhaseSums().ToBytes()
        );
    await using var count = db.CreateCommand("select count(*) from torch.transitions");
    return (long)(await count.ExecuteScalarAsync())!;
}

static byte[] Sketched(int count)
{
    var sketch = new Sketch();
    for (var i = 0; i < count; i++)
        sketch.Add(15_000 + i * 7_919 % 15_000);
    return sketch.ToBytes();
}

async Task ExecuteAsync(string sql, params object[] arguments)
{
    await using var command = db.CreateCommand(sql);
    command.CommandTimeout = 0;
    foreach (var argument in arguments)
        command.Parameters.Add(new NpgsqlParameter { Value = argument });
    await command.ExecuteNonQueryAsync();
}

static async Task AppendAsync(EventLog log, Guid stream, IEvent @event)
{
    var append = new StreamAppend(Log.Journal, stream, [EventCodec.Encode(@event, Guid.CreateVersion7())], "bench");
    await log.AppendAsync(new AppendRequest { Streams = [append] }, CancellationToken.None);
}

static async Task<double> MedianAsync(Func<Task> work)
{
    var times = new List<double>();
    for (var i = 0; i < Rounds; i++)
    {
        var watch = Stopwatch.StartNew();
        await work();
        times.Add(watch.Elapsed.TotalMilliseconds);
    }
    return times.Order().ElementAt(Rounds / 2);
}

static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
