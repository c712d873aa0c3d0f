using System.Globalization;
using Torch.Benchmarks.Common;
using Torch.Benchmarks.Http;

// Reports over HTTP to a real `torch serve` with fsync on, each durable before its answer; evaluated and projected when the clock stops.
// Server and PostgreSQL are counted, this program is not. usage: [single reports] [reports in batches]
//   doors [reports] [rounds]: what a key adds to a report, and what push URLs cost beside it, in pairs.
const int Sources = 1_000;
const int BatchSize = 250;
await using var torch = await RunningTorch.StartAsync();
if (args is ["doors", ..])
{
    await new Doors(torch, Argument(1, 4_000), Argument(2, 15)).PrintAsync();
    return;
}
var singles = Argument(0, 100_000);
var batched = Argument(1, 250_000);
await PlaceAsync();
await SinglesAsync(singles / 4, 64);
await PrintAsync("single reports, 64 connections", singles, () => SinglesAsync(singles, 64));
await BatchesAsync(batched / 4);
await PrintAsync($"reports in batches of {BatchSize}, 4 connections", batched, () => BatchesAsync(batched));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"server memory, peak: {torch.PeakMegabytes:0} MB"));
var events = await torch.ScalarAsync("select count(*) from telemetry.mt_events");
var bytes = await torch.ScalarAsync(
    "select sum(pg_total_relation_size(relid)) from pg_partition_tree('telemetry.mt_events')"
);
Console.WriteLine($"disk: {bytes / events} bytes per report with its indexes");

int Argument(int index, int otherwise) =>
    args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;

async Task PrintAsync(string what, int count, Func<Task> work) =>
    Console.WriteLine((await Measurement.TakeAsync(what, count, torch.Meter, work)).Line("server"));

static string Report(int source, double value) =>
    string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"source":"bench/{{source}}","value":{{value}},"message":"backup finished"}"""
    );

// Every source is a leaf: ten groups of a hundred under one root, so that each report is judged up to the root.
async Task PlaceAsync()
{
    var root = (await torch.PostAsync("/api/v1/nodes", new { name = "bench" })).GetProperty("id").GetGuid();
    for (var group = 0; group < 10; group++)
    {
        var parent = await torch.PostAsync("/api/v1/nodes", new { name = $"group {group}", parentId = root });
        for (var source = group * 100; source < group * 100 + 100; source++)
        {
            var name = $"bench/{source}";
            var check = await torch.PostAsync(
                "/api/v1/checks",
                new
                {
                    name,
                    kind = "report",
                    source = name,
                }
            );
            await torch.PostAsync(
                "/api/v1/nodes",
                new
                {
                    name,
                    parentId = parent.GetProperty("id").GetGuid(),
                    checkId = check.GetProperty("id").GetGuid(),
                }
            );
        }
    }
}

async Task SinglesAsync(int count, int connections)
{
    var requests = Enumerable
        .Range(0, Sources)
        .Select(s => LoadConnection.Post(torch.Address, "/api/v1/reports", Report(s, 12.5)))
        .ToArray();
    await SendAsync(requests, count, connections);
}

async Task BatchesAsync(int count)
{
    var requests = Enumerable
        .Range(0, Sources / BatchSize)
        .Select(b => Enumerable.Range(b * BatchSize, BatchSize).Select(s => Report(s, 12.5)))
        .Select(b => LoadConnection.Post(torch.Address, "/api/v1/reports/batch", $"[{string.Join(',', b)}]"))
        .ToArray();
    await SendAsync(requests, count / BatchSize, 4);
}

async Task SendAsync(byte[][] requests, int count, int connections)
{
    var (next, reached) = (0, 0L);
    await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(WorkAsync)));
    await torch.CatchUpAsync(reached);

    async Task WorkAsync()
    {
        using var connection = await LoadConnection.OpenAsync(torch.Address);
        while (Interlocked.Increment(ref next) is var n && n <= count)
        {
            var position = await connection.SendAsync(requests[n % requests.Length]);
            InterlockedMax(ref reached, position);
        }
    }
}

static void InterlockedMax(ref long place, long value)
{
    var seen = Volatile.Read(ref place);
    while (value > seen && Interlocked.CompareExchange(ref place, value, seen) is var before && before != seen)
        seen = before;
}
