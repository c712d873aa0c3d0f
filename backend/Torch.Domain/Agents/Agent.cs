using Torch.Domain.Rules;

namespace Torch.Domain.Agents;

/// <summary>A key that opens something, by its hash.</summary>
/// <param name="Hash">SHA-256 in hex.</param>
/// <param name="Until">When it ceases to work; null for never.</param>
public sealed record KeyHash(string Hash, DateTimeOffset? Until = null);

/// <summary>An agent as it is registered, folded from its stream, and the decisions on it.</summary>
/// <param name="Keys">The newest first.</param>
public sealed record Agent(Guid Id, string Name, string Location, ValueList<KeyHash> Keys, bool Exists)
{
    private static readonly Refusal Gone = new("unknown_agent", "There is no such agent.");

    /// <summary>Before its first event.</summary>
    public static Agent Initial { get; } = new(Guid.Empty, "", "", [], false);

    public static Agent Evolve(Agent agent, IEvent @event) =>
        @event switch
        {
            AgentRegistered e => new(e.AgentId, e.Name, e.Location, e.KeyHash is { } hash ? [new(hash)] : [], true),
            AgentChanged e => agent with { Name = e.Name, Location = e.Location },
            AgentKeyRotated e => agent with
            {
                Keys = [new(e.KeyHash), .. agent.Keys.Take(1).Select(k => k with { Until = e.PreviousUntil })],
            },
            AgentRemoved => agent with { Keys = [], Exists = false },
            _ => agent,
        };

    public static Decision Register(Guid id, string name, string location, string? keyHash) =>
        Problem(name, location) is { } problem
            ? Decision.Refuse(problem.Code, problem.Detail)
            : Decision.Accept(new AgentRegistered(id, name, location, keyHash));

    /// <summary>Another name or location. Those that it has change nothing.</summary>
    public Decision Change(string name, string location) =>
        !Exists ? Decision.Refuse(Gone.Code, Gone.Detail)
        : Problem(name, location) is { } problem ? Decision.Refuse(problem.Code, problem.Detail)
        : name == Name && location == Location ? Decision.Nothing
        : Decision.Accept(new AgentChanged(Id, name, location));

    /// <param name="previousUntil">Until when the key that it has now goes on working.</param>
    public Decision Rotate(string keyHash, DateTimeOffset previousUntil) =>
        !Exists ? Decision.Refuse(Gone.Code, Gone.Detail)
        : Keys.Count == 0 ? Decision.Refuse("keyless_agent", "The agent inside the server has no key.")
        : Decision.Accept(new AgentKeyRotated(Id, keyHash, previousUntil));

    public Decision Remove() =>
        Exists ? Decision.Accept(new AgentRemoved(Id)) : Decision.Refuse(Gone.Code, Gone.Detail);

    private static Refusal? Problem(string name, string location) =>
        Names.Problem(name) is { } problem ? new("bad_name", problem)
        : Locations.IsName(location) ? null
        : new(
            "bad_location",
            $"A location has 1 to {Locations.MostCharacters} small letters, digits, dots, dashes and underscores."
        );
}
