namespace Torch.Domain.Nodes;

/// <summary>A node took another status. In the node's status stream, apart from its settings, so that an ETag is not made stale by a flapping target.</summary>
/// <param name="At">When it took effect: a deadline, or the time of the observation that decided it.</param>
/// <param name="Why">What decided it.</param>
/// <param name="Suppressed">Nodes that it depends on and that were not available: this problem is their consequence, and nobody need be told. Null where there are none.</param>
public sealed record NodeTransitioned(
    Guid NodeId,
    string From,
    string To,
    DateTimeOffset At,
    Why Why,
    IReadOnlyList<Guid>? Suppressed = null
) : IEvent;

/// <summary>The explanation that is stored with a transition.</summary>
/// <param name="Decider"><c>rule</c>, <c>roll-up</c>, <c>check</c>, <c>timing</c>, <c>mask</c> or <c>nothing</c>.</param>
/// <param name="Sentence">For people.</param>
/// <param name="RuleIndex">From 0, where a rule decided.</param>
/// <param name="RulesVersion">0 before the first publication.</param>
/// <param name="Clauses">Each clause of the winning rule with its actual value.</param>
/// <param name="Children">At most 16 that decided it.</param>
/// <param name="Position">Of the event that brought it about.</param>
public sealed record Why(
    string Decider,
    string Sentence,
    int? RuleIndex,
    long RulesVersion,
    IReadOnlyList<ClauseValue> Clauses,
    IReadOnlyList<Guid> Children,
    long Position
)
{
    private readonly IAccount? _account;

    internal Why(string decider, IAccount account, int? ruleIndex, long rulesVersion, Guid[] children, long position)
        : this(decider, null!, ruleIndex, rulesVersion, null!, children, position) => _account = account;

    // All are written out, so that JSON keeps the order of the parameters.
    public string Decider { get; init; } = Decider;

    public string Sentence
    {
        get => field ??= _account!.Sentence;
        init;
    } = Sentence;

    public int? RuleIndex { get; init; } = RuleIndex;

    public long RulesVersion { get; init; } = RulesVersion;

    public IReadOnlyList<ClauseValue> Clauses
    {
        get => field ??= _account!.Clauses;
        init;
    } = Clauses;

    public IReadOnlyList<Guid> Children { get; init; } = Children;

    public long Position { get; init; } = Position;
}

/// <summary>Says why in words, when somebody asks. What it speaks of no longer changes.</summary>
internal interface IAccount
{
    string Sentence { get; }

    IReadOnlyList<ClauseValue> Clauses { get; }
}

/// <param name="Text">The clause in its text form.</param>
/// <param name="Actual">What it saw, for people.</param>
/// <param name="Result">Null where it was not reached.</param>
public sealed record ClauseValue(string Text, string? Actual, bool? Result);
