using System.Diagnostics;
using System.Globalization;
using Torch.Benchmarks.Common;
using Torch.Benchmarks.Evaluation;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.EventStore;
using Torch.Server.Evaluating;
using Torch.Server.Events;

// One changed leaf at depth 8 in trees of growing size, memory per node, a wide group, loading, and what decoding and folding cost.
// usage: [largest tree, default 1000000]
var largest = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
for (var nodes = 1_000; nodes <= largest; nodes *= 10)
    Measure(nodes);
Flips("a group of 10,000 children", new Tree([1, 10_000]), 2);
Loading.Measure(Math.Min(largest, 100_000));
DecodeAndFold();

static void Measure(int nodes)
{
    var before = GC.GetTotalMemory(forceFullCollection: true);
    var tree = new Tree(nodes, 8);
    var after = GC.GetTotalMemory(forceFullCollection: true);
    Flips(Text($"{tree.Nodes} nodes, depth 8"), tree, 9);
    Print(
        $"  {(after - before) / (double)tree.Nodes:0} bytes per node (limit 1,024), a check with its observation for each leaf included"
    );
    Print(
        $"  {CacheLines.Chase(after - before):0.0} us is what {CacheLines.Count} cache lines of as much memory cost that are fetched one after the other"
    );
    GC.KeepAlive(tree);
}

// Down and up again: each flip changes every node of the path. The way down finds the path where the tree's memory is, the way back finds it
// in the processor's caches. Of several rounds the least is told: what else runs on the machine only ever makes one slower.
static void Flips(string what, Tree tree, int path)
{
    var random = new Random(1);
    const int Rounds = 8;
    const int Counted = 10_000;
    var (down, up) = (new Spread(Counted), new Spread(Counted));
    var allocated = GC.GetAllocatedBytesForCurrentThread();
    for (var round = 0; round <= Rounds; round++)
    {
        for (var i = 0; i < Counted; i++)
        {
            var leaf = random.Next(tree.Leaves);
            down.Add(Flip(tree, leaf, "down", path));
            up.Add(Flip(tree, leaf, "up", path));
        }
        // The first one warms up.
        down.EndRound(counts: round > 0);
        up.EndRound(counts: round > 0);
    }
    var bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (2.0 * Counted * (Rounds + 1));
    var median = (down.Median + up.Median) / 2;
    Print(
        $"{what}: median {median:0.0} us per changed leaf{(path == 9 ? " (limit 5)" : "")}: {down.Median:0.0} where it is touched for the first time, {up.Median:0.0} right after; p99 {down.P99:0.0} us; {path} transitions, {bytes:0} bytes allocated each"
    );
}

static double Flip(Tree tree, int leaf, string status, int path)
{
    var report = Tree.Report(leaf, status);
    var started = Stopwatch.GetTimestamp();
    var transitions = tree.Fold(report);
    var elapsed = Stopwatch.GetElapsedTime(started);
    return transitions.Count == path
        ? elapsed.TotalMicroseconds
        : throw new InvalidOperationException("the flip did not reach the root");
}

// As the evaluator reads them back: bytes of both kinds of observation, one in ten with another verdict, three levels above.
static void DecodeAndFold()
{
    const int Count = 200_000;
    var folded = new FoldedEvaluator();
    var position = 0L;
    var at = new DateTimeOffset(2026, 11, 21, 6, 0, 0, TimeSpan.Zero);
    foreach (var @event in Observed.Structure())
        folded.Fold([Recorded(@event)], position);
    var events = Observed.Observations(Count + 20_000).Select(Recorded).ToList();
    folded.Fold(events[..20_000], events[19_999].Position);
    var transitions = 0;
    var meter = new CpuMeter(Environment.ProcessId);
    var (before, watch) = (meter.Read(), Stopwatch.StartNew());
    for (var i = 20_000; i < events.Count; i += 1_000)
        transitions += folded.Fold(events[i..(i + 1_000)], events[i + 999].Position).Count;
    var measured = new Measurement("decode and fold observations", Count, watch.Elapsed, meter.Read() - before);
    Console.WriteLine(measured.Line("evaluator"));
    Print($"  {transitions} transitions among them");

    RecordedEvent Recorded(IEvent @event)
    {
        var data = EventCodec.Encode(@event, Guid.CreateVersion7());
        var stream = @event switch
        {
            ReportReceived report => report.CheckId,
            ProbeCompleted probe => probe.CheckId,
            _ => data.Id,
        };
        return new(Log.Telemetry, ++position, data.Id, stream, 1, data.Type, at, data.Data, null);
    }
}

static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

static void Print(FormattableString text) => Console.WriteLine(Text(text));
