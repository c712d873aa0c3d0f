using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Torch.Benchmarks.Common;
using Torch.Benchmarks.Flips;

// 10,000 leaves that flip at once under one root, five levels, in a real `torch serve` with fsync on: how long until every transition is
// persisted, for one check that they all show and for 10,000 reports of their own; then one leaf, until the root is heard on the stream.
// usage: [rounds, default 10]
const string Shared = "flips/shared";
var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10;
int[] widths = [1, 4, 40, 200, 1_000, 10_000];

await using var torch = await RunningTorch.StartAsync();
await using var database = NpgsqlDataSource.Create(torch.Database + ";Max Auto Prepare=20");
var together = new Hierarchy(widths, _ => Shared);
var apart = new Hierarchy(widths, i => Source(i));
await torch.CatchUpAsync(await together.WriteAsync(database));
await torch.CatchUpAsync(await apart.WriteAsync(database));

var sharing = await FlipsAsync(
    together,
    status =>
        [
            [Report(Shared, status)],
        ]
);
Print(
    $"{widths[^1]} leaves of one check: {sharing} until all {together.Nodes} transitions are persisted (limit 500 ms)"
);
var own = await FlipsAsync(
    apart,
    status => [.. Enumerable.Range(0, widths[^1]).Select(i => Report(Source(i), status)).Chunk(250)]
);
Print(
    $"{widths[^1]} leaves of their own checks: {own} from the first report sent, until all transitions are persisted"
);
Print($"one leaf: {await HeardAsync()} until the root is heard on the stream (limit 50 ms)");

// Down and up by turns; the first two warm up.
async Task<string> FlipsAsync(Hierarchy tree, Func<string, string[][]> reportsOf)
{
    var times = new List<double>();
    var cpu = new CpuTime();
    for (var round = 0; round < rounds + 2; round++)
    {
        var batches = reportsOf(round % 2 == 0 ? "down" : "up");
        var before = await TransitionsAsync();
        var (meter, started) = (torch.Meter.Read(), Stopwatch.GetTimestamp());
        var positions = await Task.WhenAll(batches.Chunk((batches.Length + 3) / 4).Select(SendAsync));
        await PersistedAsync(positions.Max());
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        if (round >= 2)
        {
            times.Add(elapsed);
            var spent = torch.Meter.Read() - meter;
            cpu = new(cpu.OwnMs + spent.OwnMs / rounds, cpu.DescendantsMs + spent.DescendantsMs / rounds);
        }
        // Groups may change their mind while reports of their leaves are still coming in, so there can be more.
        if (await TransitionsAsync() - before < tree.Nodes)
            throw new InvalidOperationException("transitions are missing");
        await RestAsync();
    }
    return Spread(times)
        + string.Create(
            CultureInfo.InvariantCulture,
            $" (CPU meanwhile: server {cpu.OwnMs:0} ms, PostgreSQL {cpu.DescendantsMs:0} ms)"
        );
}

// What a round leaves to be done, in the read tables and in the journal's chain, is not measured with the next one.
async Task RestAsync()
{
    const string chained = "select last_seq_id from journal.mt_event_progression where name = 'JournalChain:All'";
    var head = await torch.ScalarAsync("select max(seq_id) from journal.mt_events");
    await torch.CatchUpAsync(head);
    while (await torch.ScalarAsync(chained) < head)
        await Task.Delay(20);
}

// Answers the position of the last one.
async Task<long> SendAsync(string[][] batches)
{
    var position = 0L;
    foreach (var batch in batches)
    {
        using var body = new StringContent($"[{string.Join(',', batch)}]", null, "application/json");
        using var answer = await torch.Client.PostAsync("/api/v1/reports/batch", body);
        answer.EnsureSuccessStatusCode();
        position = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("position").GetInt64();
    }
    return position;
}

// The evaluator's checkpoint and its transitions are one commit.
async Task PersistedAsync(long position)
{
    await using var connection = await database.OpenConnectionAsync();
    await using var command = new NpgsqlCommand(
        "select last_seq_id from journal.mt_event_progression where name = 'Evaluator:All'",
        connection
    );
    var wait = Stopwatch.StartNew();
    while ((long)(await command.ExecuteScalarAsync())! < position)
    {
        if (wait.Elapsed > TimeSpan.FromSeconds(30))
            throw new TimeoutException("the transitions do not come");
        await Task.Delay(5);
    }
}

Task<long> TransitionsAsync() =>
    torch.ScalarAsync("select count(*) from journal.mt_events where type = 'node_transitioned'");

async Task<string> HeardAsync()
{
    await using var stream = new RootStream(torch.Client, apart.Root);
    await stream.OpenAsync();
    var times = new List<double>();
    for (var round = 0; round < rounds * 10; round++)
    {
        var started = Stopwatch.GetTimestamp();
        var heard = stream.NextAsync();
        await SendAsync([
            [Report(Source(round / 2 * 97 % widths[^1]), round % 2 == 0 ? "down" : "up")],
        ]);
        var elapsed = Stopwatch.GetElapsedTime(started, await heard).TotalMilliseconds;
        if (round >= 4)
            times.Add(elapsed);
    }
    return Spread(times);
}

static string Source(int leaf) => string.Create(CultureInfo.InvariantCulture, $"flips/{leaf}");

static string Report(string source, string status) => $$"""{"source":"{{source}}","status":"{{status}}"}""";

static string Spread(List<double> milliseconds)
{
    milliseconds.Sort();
    return string.Create(
        CultureInfo.InvariantCulture,
        $"median {milliseconds[milliseconds.Count / 2]:0} ms, from {milliseconds[0]:0} to {milliseconds[^1]:0} ms"
    );
}

static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
