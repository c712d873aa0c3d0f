using System.Text;
using Torch.Domain;
using Torch.Domain.Evaluation;
using Torch.Domain.History;
using Torch.Domain.Maintenance;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Features;

namespace Torch.Server.Evaluating;

/// <summary>What the evaluator found, a transition, what marks a node or a window that began, with the event that brought it about.</summary>
/// <param name="SubjectId">The node, or the window.</param>
internal sealed record Found(Guid SubjectId, IEvent Event, RecordedEvent Cause);

/// <summary>A stream whose events the evaluator folds no longer, because one of them could not be folded.</summary>
/// <param name="Position">Of that event.</param>
/// <param name="Type">Of that event.</param>
/// <param name="Error">Why not.</param>
public sealed record StandingStream(Log Log, Guid StreamId, long Position, string Type, string Error);

/// <summary>An evaluator with what it was folded from: recorded events up to a position. Live, replayed and loaded ones are the same. Not safe for several threads.</summary>
internal sealed class FoldedEvaluator
{
    private static readonly string[] OwnOutput =
    [
        EventCodec.AliasOf<NodeTransitioned>(),
        EventCodec.AliasOf<NodeMarked>(),
        EventCodec.AliasOf<MaintenanceBegan>(),
        EventCodec.AliasOf<HistoryRevised>(),
    ];

    private readonly Dictionary<(Log, Guid), StandingStream> _parked = [];
    private readonly SortedDictionary<string, long> _unknown = new(StringComparer.Ordinal);

    public FoldedEvaluator() => Evaluator = new Evaluator();

    public FoldedEvaluator(SavedEvaluation saved, long position)
    {
        Evaluator = Evaluator.Load(saved.Evaluator);
        Position = position;
        Parked = saved.Parked;
        foreach (var parked in saved.Parked)
            _parked.Add((parked.Log, parked.StreamId), parked);
        foreach (var (type, count) in saved.Unknown)
            _unknown.Add(type, count);
    }

    public Evaluator Evaluator { get; }

    /// <summary>The events up to it are folded.</summary>
    public long Position { get; private set; }

    /// <summary>In the order in which they were parked.</summary>
    public IReadOnlyList<StandingStream> Parked { get; private set; } = [];

    /// <summary>How many events there were of each type that this version does not know.</summary>
    public IReadOnlyDictionary<string, long> Unknown => _unknown;

    /// <summary>Whether the evaluator has no use for an event because it wrote it itself.</summary>
    public static bool IsOwnOutput(RecordedEvent recorded) => OwnOutput.Contains(recorded.Type, StringComparer.Ordinal);

    /// <summary>Folds those of the events that come after its position, up to another one.</summary>
    public IReadOnlyList<Found> Fold(IReadOnlyList<RecordedEvent> events, long through)
    {
        var found = new List<Found>();
        foreach (var recorded in events)
            if (recorded.Position > Position && recorded.Position <= through && !IsOwnOutput(recorded))
                Fold(recorded, found);
        Position = Math.Max(Position, through);
        return found;
    }

    /// <summary>The state as it is now; it does not change when this one goes on.</summary>
    public SavedEvaluation Save() => new(Evaluator.Save(), Parked, new(_unknown, StringComparer.Ordinal));

    // Folding is pure: what fails once fails always, and a second try would count an observation twice. So there is none.
    private void Fold(RecordedEvent recorded, List<Found> found)
    {
        if (_parked.ContainsKey((recorded.Log, recorded.StreamId)))
            return;
        try
        {
            if (EventCodec.Decode(recorded) is not { } @event)
                _unknown[recorded.Type] = _unknown.GetValueOrDefault(recorded.Type) + 1;
            else
                Fold(recorded, @event, found);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Park(recorded, exception);
        }
    }

    private void Fold(RecordedEvent recorded, IEvent @event, List<Found> found)
    {
        var by = recorded.Metadata?.Headers?.GetValueOrDefault(EventHeaders.Actor);
        var transitions = Evaluator.Fold(recorded.Position, recorded.Timestamp, @event, by);
        foreach (var began in Evaluator.Began)
            found.Add(new(began.WindowId, began, recorded));
        foreach (var marked in Evaluator.Marked)
            found.Add(new(marked.NodeId, marked, recorded));
        foreach (var transition in transitions)
            found.Add(new(transition.NodeId, transition, recorded));
    }

    // An error may quote the event: neither NUL nor half a surrogate pair can be stored.
    private static string Storable(string error) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(error.Replace('\0', ' ')));

    // The rest of a stream means nothing without what is missing of it; all other streams go on.
    private void Park(RecordedEvent recorded, Exception exception)
    {
        var parked = new StandingStream(
            recorded.Log,
            recorded.StreamId,
            recorded.Position,
            recorded.Type,
            Storable(exception.Message)
        );
        _parked.Add((recorded.Log, recorded.StreamId), parked);
        Parked = [.. Parked, parked];
    }
}

/// <summary>A <see cref="FoldedEvaluator"/> as a snapshot holds it.</summary>
internal sealed record SavedEvaluation(
    EvaluatorSnapshot Evaluator,
    IReadOnlyList<StandingStream> Parked,
    SortedDictionary<string, long> Unknown
);
