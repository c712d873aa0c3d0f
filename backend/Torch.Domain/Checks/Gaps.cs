namespace Torch.Domain.Checks;

/// <summary>In the stream of the check's gaps: no live agent serves it any more. It is <c>unknown</c> from now until its next observation.</summary>
/// <param name="Reason">One sentence for people, without a full stop.</param>
/// <param name="Location">Where one of several locations has nobody: what it found does not count meanwhile. Null where nobody is left in any.</param>
public sealed record GapBegan(Guid CheckId, string Reason, string? Location = null) : IEvent;

/// <summary>In the stream of the check's gaps: an agent serves it again. What it is, its next observation says.</summary>
/// <param name="Location">As it began.</param>
public sealed record GapEnded(Guid CheckId, string? Location = null) : IEvent;

/// <summary>In the stream of the check's gaps, or of the agent's where it is not known whose they were: results that an agent had recorded and lost. From the first of them until the observation after them the check is <c>unknown</c>.</summary>
/// <param name="CheckId">Null where nobody knows whose they were.</param>
/// <param name="From">When the first of them was recorded.</param>
/// <param name="To">When the last of them was recorded.</param>
/// <param name="Results">How many, as far as is known.</param>
/// <param name="Reason"><c>full</c> or <c>damaged</c>.</param>
/// <param name="Location">Where the agent stands; null for the default location.</param>
public sealed record ResultsLost(
    Guid? CheckId,
    Guid AgentId,
    DateTimeOffset From,
    DateTimeOffset To,
    long Results,
    string Reason,
    string? Location = null
) : IEvent;
