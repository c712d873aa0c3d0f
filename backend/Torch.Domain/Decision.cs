namespace Torch.Domain;

/// <summary>Why a command was not carried out: a value, not an exception.</summary>
/// <param name="Code">A stable snake_case word.</param>
/// <param name="Detail">One sentence for people.</param>
public sealed record Refusal(string Code, string Detail);

/// <summary>What a command leads to: events (none when it changes nothing), or a refusal.</summary>
public sealed record Decision
{
    private Decision(IReadOnlyList<IEvent> events, Refusal? refusal) => (Events, Refusal) = (events, refusal);

    /// <summary>Empty for a refusal and for a command that repeats what already holds.</summary>
    public IReadOnlyList<IEvent> Events { get; }

    /// <summary>Null when the command was accepted.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Accepted, and nothing changes.</summary>
    public static Decision Nothing { get; } = new([], null);

    public static Decision Accept(params IReadOnlyList<IEvent> events) => new(events, null);

    public static Decision Refuse(string code, string detail) => new([], new Refusal(code, detail));
}
