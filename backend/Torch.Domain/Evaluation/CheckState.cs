using Torch.Domain.Checks;

namespace Torch.Domain.Evaluation;

/// <summary>What the evaluator knows of a check.</summary>
internal class CheckState(Guid id)
{
    private TimeSpan _patience = Patience.Of(null);
    private CronPatience? _byCron;

    public Guid Id => id;

    public CheckSettings? Settings
    {
        get;
        set
        {
            field = value;
            _patience = Patience.Of(value);
            _byCron = CronPatience.Of(value);
        }
    }

    /// <summary>How old its last observation may become.</summary>
    public TimeSpan Staleness =>
        _byCron is not null && Last is not null && _byCron.After(LastAt) is var patience && patience > _patience
            ? patience
            : _patience;

    /// <summary>The newest observation that says something about the target; what leaves are judged by.</summary>
    public SeenObservation? Last { get; set; }
    public DateTimeOffset LastAt { get; set; }

    /// <summary>The rank of its verdict.</summary>
    public int Verdict { get; set; }

    /// <summary>The newest one at all, inconclusive ones included.</summary>
    public SeenObservation? Seen { get; set; }
    public DateTimeOffset SeenAt { get; set; }

    public Few<NodeState> Leaves;

    /// <summary>Null while somebody looks after it and nothing of what was found is missing.</summary>
    public Unwatched? Unwatched { get; set; }

    /// <summary>Where it runs, each with its own last observation; null where that is one place.</summary>
    public PlaceState[]? Places { get; set; }

    /// <summary>Whether nothing has been observed since nobody looked after it, or since results were lost.</summary>
    public bool IsUnseen => Unwatched is { } gap && (Last is null || LastAt <= gap.Since);

    /// <summary>Whether its silence is a fault of the target.</summary>
    public bool IsHeartbeat => Settings is { Kind: CheckKind.Heartbeat };
}

/// <summary>A check as it is seen from one of several locations.</summary>
internal sealed class PlaceState(Guid checkId, string location) : CheckState(checkId)
{
    public string Location => location;
}

/// <summary>Nobody looked after a check, or what was found is lost: from then until the next observation nothing is known of it.</summary>
internal sealed class Unwatched(DateTimeOffset since, string reason)
{
    public DateTimeOffset Since { get; set; } = since;

    /// <summary>A sentence without a full stop.</summary>
    public string Reason { get; set; } = reason;

    /// <summary>Since when nobody has looked after it; null where somebody does again.</summary>
    public DateTimeOffset? OpenSince { get; set; }
}
