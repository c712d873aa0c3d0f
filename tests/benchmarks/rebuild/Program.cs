using System.Globalization;
using Npgsql;
using Torch.Benchmarks.Common;
using Torch.Benchmarks.Rebuild;
using Torch.EventStore;
using Torch.EventStore.Embedded;
using Torch.Server.Evaluating;
using Torch.Server.Events;
using Torch.Server.Projecting;

// Rebuilds read models on a PostgreSQL of its own, fsync on, while 500 events/s are appended and folded live: seconds, CPU milliseconds
// per 1,000 events of the log, live lag, memory. Then a follower that catches up and a replay through the evaluator, beside a bare scan.
// usage: [events] [folder]
var total = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200_000;
var folder = args.Length > 1 ? args[1] : Path.Combine(Path.GetTempPath(), "torch-bench-" + Environment.ProcessId);
await using var server = await EmbeddedPostgres.StartAsync(new() { DataDirectory = folder });
await using var dataSource = NpgsqlDataSource.Create(server.ConnectionString + ";Max Auto Prepare=100");
await SchemaInstaller.ApplyAsync(
    dataSource,
    SchemaScript.EmbeddedIn(typeof(EventCodec).Assembly),
    CancellationToken.None
);
var meter = new CpuMeter(Environment.ProcessId);
using var stop = new CancellationTokenSource();
await using (var log = new EventLog(dataSource))
await using (var tail = new LogTail(log))
{
    var mix = new Mix(log);
    await PrintAsync("append", total, () => mix.AppendAsync(total));

    var projections = ProjectionHost.All();
    var runner = new ProjectionRunner(dataSource, tail, projections);
    var rebuilds = new ProjectionRebuilds(dataSource, projections);
    var running = Task.WhenAll(runner.RunAsync(stop.Token), Task.Run(() => rebuilds.RunAsync(stop.Token)));
    var head = await log.HeadAsync(CancellationToken.None);
    await PrintAsync(
        "fold all of them from the start, live",
        total,
        () => runner.WaitForAsync(head, CancellationToken.None)
    );

    foreach (var name in new[] { "Transitions:All", "Rollups:All", "Checks:All" })
        await RebuildAsync(mix, runner, rebuilds, ProjectionNames.Find(projections, name)!);

    head = await log.HeadAsync(CancellationToken.None);
    await stop.CancelAsync();
    await running;
    for (var round = 0; round < 2; round++)
    {
        var scan = await TakeAsync("bare scan of the same rows", () => ScanAsync());
        var caughtUp = await TakeAsync("a fresh follower catches up", () => CatchUpAsync(log, head));
        var replayed = await TakeAsync("replay: read, deserialise, fold", () => ReplayAsync(log, head));
        if (round == 0)
            continue;
        Console.WriteLine(scan.Line("client"));
        Console.WriteLine(caughtUp.Line("client"));
        Console.WriteLine(replayed.Line("client"));
        Say($"catch-up / bare scan: {caughtUp.Elapsed / scan.Elapsed:0.00} of its time");
    }
}
await server.DisposeAsync();
NpgsqlConnection.ClearAllPools();
Directory.Delete(folder, recursive: true);

async Task RebuildAsync(Mix mix, ProjectionRunner runner, ProjectionRebuilds rebuilds, IProjection projection)
{
    using var done = new CancellationTokenSource();
    GC.Collect();
    var load = new LiveLoad(mix, runner);
    var loading = Task.Run(() => load.RunAsync(done.Token));
    await Task.Delay(TimeSpan.FromSeconds(1));
    var measured = await TakeAsync(
        $"rebuild {projection.Name}",
        async () =>
        {
            await rebuilds.BeginAsync(projection, CancellationToken.None);
            while (
                (await ProjectionProgress.ReadAsync(dataSource, [projection], CancellationToken.None))[0].Rebuild
                    is not null
            )
                await Task.Delay(50);
        }
    );
    await done.CancelAsync();
    await loading;
    Console.WriteLine(measured.Line("client"));
    Say(
        $"  {measured.Elapsed.TotalSeconds:0.0} s; meanwhile live lag p99 {load.P99:0.00} s, memory {load.PeakMegabytes:0} MB"
    );
}

// The whole log, the client's work left out: rows leave PostgreSQL as text and are counted.
async Task ScanAsync()
{
    const string sql = """
        copy (select seq_id, id, stream_id, version, type, timestamp, data from journal.mt_events
            union all select seq_id, id, stream_id, version, type, timestamp, data from telemetry.mt_events) to stdout
        """;
    await using var connection = await dataSource.OpenConnectionAsync();
    using var copy = await connection.BeginTextExportAsync(sql);
    while (await copy.ReadLineAsync() is not null) { }
}

async Task CatchUpAsync(EventLog log, long head)
{
    await using var tail = new LogTail(log);
    using var limit = new CancellationTokenSource();
    await foreach (var page in tail.FollowAsync(0, limit.Token))
        if (page.Through >= head)
            break;
}

// As a start without a snapshot does it.
static async Task ReplayAsync(EventLog log, long head)
{
    var evaluator = new FoldedEvaluator();
    while (evaluator.Position < head)
    {
        var page = await log.ReadPageAsync(new PageRead(evaluator.Position, 5_000), CancellationToken.None);
        evaluator.Fold(page.Events, page.Through);
    }
}

Task<Measurement> TakeAsync(string what, Func<Task> work) => Measurement.TakeAsync(what, total, meter, work);

async Task PrintAsync(string what, int count, Func<Task> work) =>
    Console.WriteLine((await Measurement.TakeAsync(what, count, meter, work)).Line("client"));

void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
