using System.Globalization;
using System.Text.Json;
using Npgsql;
using Torch.Benchmarks.Slo;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.Domain.Nodes;
using Torch.Domain.Slo;
using Torch.EventStore;
using Torch.EventStore.Embedded;
using Torch.Server.Auth;
using Torch.Server.Events;
using Torch.Server.Features;
using Torch.Server.Features.Checks;
using Torch.Server.Features.Slos;
using Torch.Server.Http;
using Stopwatch = System.Diagnostics.Stopwatch;

// A 90-day report over 1,000 nodes, charts, and past trees of 10,000 nodes, from a history that is generated into the read tables of a
// PostgreSQL of its own; then the same after twice the history.
// usage: [days between two outages of a leaf] [folder]
var every = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 3;
var folder = args.Length > 1 ? args[1] : Path.Combine(Path.GetTempPath(), "torch-bench-" + Environment.ProcessId);
const int Rounds = 20;
var now = new DateTimeOffset(DateTime.UtcNow.Date, TimeSpan.Zero);
await using var server = await EmbeddedPostgres.StartAsync(new() { DataDirectory = folder });
await using var db = NpgsqlDataSource.Create(
    server.ConnectionString + ";Max Auto Prepare=100;Auto Prepare Min Usages=3"
);
await SchemaInstaller.ApplyAsync(db, SchemaScript.EmbeddedIn(typeof(EventCodec).Assembly), CancellationToken.None);
await using (var log = new EventLog(db))
{
    var (history, objective) = (new History(db, now, every), Guid.CreateVersion7());
    await history.PlantAsync();
    await AppendAsync(log, Log.Journal, history.Region, new NodeCreated(history.Region, "region 1", null, []));
    var window = new SloWindow(SloWindowKind.Rolling, TimeSpan.FromDays(90));
    var settings = new ObjectiveSettings("all", history.Region, 99.9m, window, new Sli(SliKind.Time));
    await AppendAsync(log, Log.Journal, objective, new ObjectiveCreated(objective, settings));
    await ObserveAsync(log, history.Check, now.AddHours(-6));
    var making = new ReportMaking(db, new ObjectiveReading(log), new SubtreeReading(db, null!));
    var trees = new PastTrees(db, new LogTimes(db), null!, null!, null!);
    for (var days = 90; days <= 180; days += 90)
    {
        var rows = await history.GrowAsync(days - 90, days);
        Say($"{days} days of history: {rows:N0} transitions, {History.Nodes:N0} nodes");
        var asked = new ReportAsked(objective, History.PositionOf(now), IsPast: false, now, Subtree: true, Sight.Whole);
        var report = await MedianAsync(async () =>
        {
            var made = await making.MakeAsync(asked, CancellationToken.None);
            if (made?.Nodes?.Count != 1_000)
                throw new InvalidOperationException("the report is not whole");
            return made;
        });
        Say($"  report over 1,000 nodes and 90 days {report} (limit 200)");
        foreach (var (length, buckets) in new[] { (0.25, 400), (1, 96), (7, 168), (30, 96), (90, 96), (90, 1_000) })
            Say(
                $"  chart of {length} days in {buckets} buckets {await MedianAsync(() => ChartAsync(history.Check, length, buckets))} (limit 50)"
            );
        foreach (var back in new[] { 1, 45, 89 })
        {
            var at = now.AddDays(-back);
            var then = new PastInstant(History.PositionOf(at), at, at);
            var tree = await MedianAsync(async () =>
                await trees.BelowAsync(history.Root, then, Sight.Whole, CancellationToken.None)
            );
            Say($"  tree of {History.Nodes:N0} nodes {back} days ago {tree} (limit 300)");
        }
    }
}
await server.DisposeAsync();
NpgsqlConnection.ClearAllPools();
Directory.Delete(folder, recursive: true);

async Task<object> ChartAsync(Guid check, double days, int buckets)
{
    var range = new TimeRange(now.AddDays(-days), now);
    var plan = await SeriesPlan.MakeAsync(db, check, range, buckets, CancellationToken.None);
    return await SeriesReading.ReadAsync(db, check, plan, CancellationToken.None);
}

// One a second, for the charts that are read from observations.
static async Task ObserveAsync(EventLog log, Guid check, DateTimeOffset from)
{
    foreach (var seconds in Enumerable.Range(0, 6 * 3_600).Chunk(1_000))
    {
        var events = seconds.Select(s =>
            EventCodec.Encode(Probe(check, from.AddSeconds(s), 15 + s % 15), Guid.CreateVersion7())
        );
        var append = new StreamAppend(Log.Telemetry, check, [.. events], "bench");
        await log.AppendAsync(new AppendRequest { Streams = [append] }, CancellationToken.None);
    }
}

static ProbeCompleted Probe(Guid check, DateTimeOffset at, double ms) =>
    new(
        Guid.Empty,
        check,
        at,
        "up",
        null,
        null,
        200,
        "1.1",
        null,
        new(1, 2, 3, 4, 5, ms),
        null,
        null,
        null,
        4,
        0,
        "local"
    );

static async Task AppendAsync(EventLog log, Log of, Guid stream, IEvent @event)
{
    var append = new StreamAppend(of, stream, [EventCodec.Encode(@event, Guid.CreateVersion7())], "bench");
    await log.AppendAsync(new AppendRequest { Streams = [append] }, CancellationToken.None);
}

// With its JSON, as it is answered.
static async Task<string> MedianAsync<T>(Func<Task<T>> work)
{
    var times = new List<double>();
    for (var i = 0; i <= Rounds; i++)
    {
        var watch = Stopwatch.StartNew();
        JsonSerializer.SerializeToUtf8Bytes(await work(), ApiJson.Output);
        times.Add(watch.Elapsed.TotalMilliseconds);
    }
    var cold = times[0];
    times.RemoveAt(0);
    times.Sort();
    return string.Create(
        CultureInfo.InvariantCulture,
        $"{times[Rounds / 2]:0} ms, worst of {Rounds} {times[^1]:0}, the very first {cold:0}"
    );
}

static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
