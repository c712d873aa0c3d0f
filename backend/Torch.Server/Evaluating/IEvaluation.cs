using Torch.Domain;
using Torch.Domain.Evaluation;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;

namespace Torch.Server.Evaluating;

/// <summary>The evaluator, as other threads may ask it.</summary>
public interface IEvaluation
{
    /// <summary>The events up to it are folded, and the transitions that follow from them are in the log.</summary>
    long Position { get; }

    /// <summary>Whether it has caught up with the log since the server started. Until then answers may be older than the read tables.</summary>
    bool IsCurrent { get; }

    /// <summary>Whether this server writes the transitions.</summary>
    bool IsLeading { get; }

    /// <summary>Streams that it folds no longer, because one of their events could not be folded. Their checks and nodes stand still.</summary>
    IReadOnlyList<StandingStream> Parked { get; }

    /// <summary>How late an observation may come and still be folded.</summary>
    TimeSpan LateWindow { get; }

    /// <summary>How many events of each type it has come across that this version does not know. The log carries them; nobody folds them.</summary>
    IReadOnlyDictionary<string, long> Unknown { get; }

    /// <summary>The statuses that it knows.</summary>
    StatusCatalog Statuses { get; }

    /// <summary>Why a node has its status; null for a node that it does not know.</summary>
    NodeExplanation? Explain(Guid nodeId);

    /// <summary>Whom the rules of a node name in vain, and who its children are; null for a node that it does not know.</summary>
    (IReadOnlyList<MissingChild> Missing, IReadOnlyList<string> Children)? MissingChildren(Guid nodeId, RuleSet rules);

    /// <summary>What a draft would give on current data; null for a node that it does not know. Changes nothing.</summary>
    NodeExplanation? Try(Guid nodeId, RuleSet draft, IReadOnlyList<IEvent> recorded);

    /// <inheritdoc cref="Evaluator.LooksBack"/>
    LookBack? LooksBack(RuleSet draft);

    /// <summary>What would follow if some nodes had other statuses, seen from one above them. It is the caller's alone.</summary>
    Simulation Assume(Guid top, IReadOnlyDictionary<Guid, string> assumed);

    /// <summary>What would follow if some edges were drawn or taken away. It is the caller's alone.</summary>
    MoveSimulation Rehang(IReadOnlyList<IEvent> edges);

    /// <inheritdoc cref="Evaluator.CausesOf"/>
    CauseGraph? CausesOf(Guid nodeId, int most);

    /// <summary>Returns once the events up to a position are folded, with the position of the newest transition written by then.</summary>
    Task<long> WaitForAsync(long position, CancellationToken cancellationToken);
}
