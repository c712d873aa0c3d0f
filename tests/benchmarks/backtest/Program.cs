using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Torch.Benchmarks.Backtest;
using Torch.Benchmarks.Common;
using Torch.Domain.Rules;
using Torch.EventStore;
using Torch.EventStore.Embedded;
using Torch.Server.Backtesting;
using Torch.Server.Evaluating;
using Torch.Server.Events;
using Stopwatch = System.Diagnostics.Stopwatch;

// Backtests on a PostgreSQL of its own: a group over 30 days of its 1,000 leaves' transitions, and a tree over observations from the log.
// usage: [observations] [transitions per leaf] [folder]
var observations = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 400_000;
var perLeaf = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100;
var folder = args.Length > 2 ? args[2] : Path.Combine(Path.GetTempPath(), "torch-bench-" + Environment.ProcessId);
await using var server = await EmbeddedPostgres.StartAsync(new() { DataDirectory = folder });
await using var db = NpgsqlDataSource.Create(server.ConnectionString + ";Max Auto Prepare=100");
await SchemaInstaller.ApplyAsync(db, SchemaScript.EmbeddedIn(typeof(EventCodec).Assembly), CancellationToken.None);
await using (var log = new EventLog(db))
{
    var world = new RecordedWorld(log, db);
    await world.BuildAsync(observations, perLeaf);
    var snapshots = new EvaluatorSnapshots(db, log, NullLogger<EvaluatorSnapshots>.Instance);
    var backtester = new Backtester(snapshots, log, new(db), new(db), new(db), new(log, db), new(db, new(log)));
    var group = RuleText.Parse("count(children where status >= critical) >= 3").Condition!;
    var leaf = RuleText.Parse("value > 50").Condition!;
    for (var round = 0; round < 5; round++)
    {
        await RunAsync(
            Text($"group over 30 days, {RecordedWorld.Leaves:N0} leaves"),
            new(Drafts([world.Group], group, "down"), world.Start, world.Start.AddDays(30), WithAbove: false)
        );
        await RunAsync(
            Text($"tree from the log, {RecordedWorld.Observed:N0} leaves drafted"),
            new(
                Drafts(world.Leaf[..RecordedWorld.Observed], leaf, "degraded"),
                world.Start,
                world.End,
                WithAbove: false
            )
        );
    }

    async Task RunAsync(string what, BacktestRequest request)
    {
        var (meter, watch) = (new CpuMeter(Environment.ProcessId), Stopwatch.StartNew());
        var before = meter.Read();
        var result = await backtester.RunAsync(request, _ => ValueTask.CompletedTask, CancellationToken.None);
        var (seconds, spent) = (watch.Elapsed.TotalSeconds, meter.Read() - before);
        var added = result.Nodes.Sum(n => n.Difference.Added.Count);
        Console.WriteLine(
            Text(
                $"{what}: {result.Events:N0} events in {seconds:0.00} s = {result.Events / seconds:N0}/s; {added:N0} transitions added (CPU: {spent.OwnMs:0} ms here, {spent.DescendantsMs:0} ms PostgreSQL)"
            )
        );
    }
}
await server.DisposeAsync();
NpgsqlConnection.ClearAllPools();
Directory.Delete(folder, recursive: true);

static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

static Dictionary<Guid, RuleSet> Drafts(IEnumerable<Guid> nodes, Condition when, string then) =>
    nodes.ToDictionary(n => n, _ => new RuleSet([new Rule(when, then)], RollUp.Worst, MatchPolicy.First));
