using System.Diagnostics;
using System.Globalization;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.Domain.Evaluation;
using Torch.EventStore;
using Torch.Server.Evaluating;
using Torch.Server.Events;

namespace Torch.Benchmarks.Evaluation;

/// <summary>How long a start takes until it knows a tree: from the log's events, and from a snapshot. Limit for 100,000 nodes: 3 s each.</summary>
internal static class Loading
{
    public static void Measure(int nodes)
    {
        var (tree, events) = Recorded(nodes);
        var folded = new FoldedEvaluator();
        var watch = Stopwatch.StartNew();
        folded.Fold(events, events.Count);
        Print($"{tree.Nodes} nodes from {events.Count} events of the log: {watch.ElapsedMilliseconds} ms");
        FromSnapshot(tree, folded.Save());
    }

    private static void FromSnapshot(Tree tree, SavedEvaluation saved)
    {
        var bytes = SnapshotCodec.Encode(saved);
        var watch = Stopwatch.StartNew();
        var decoded = SnapshotCodec.Decode(bytes);
        var decode = watch.ElapsedMilliseconds;
        GC.KeepAlive(Evaluator.Load(decoded.Evaluator));
        Print(
            $"{tree.Nodes} nodes from a snapshot of {bytes.Length / 1024} KiB: {watch.ElapsedMilliseconds} ms, of which decoding {decode} ms"
        );
    }

    private static (Tree Tree, List<RecordedEvent> Events) Recorded(int nodes)
    {
        var (log, at) = (new List<IEvent>(), new DateTimeOffset(2026, 11, 21, 6, 0, 0, TimeSpan.Zero));
        var tree = new Tree(nodes, 8, log);
        return (tree, [.. log.Select((e, i) => Record(e, i + 1))]);

        RecordedEvent Record(IEvent @event, long position)
        {
            var data = EventCodec.Encode(@event, Guid.CreateVersion7());
            var (stored, stream) = @event is ReportReceived report
                ? (Log.Telemetry, report.CheckId)
                : (Log.Journal, data.Id);
            return new(stored, position, data.Id, stream, 1, data.Type, at, data.Data, null);
        }
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
