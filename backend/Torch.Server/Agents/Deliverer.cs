using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Agents;

namespace Torch.Server.Agents;

/// <summary>Who brings results.</summary>
/// <param name="Location">Where the agent stands.</param>
internal sealed record Deliverer(Guid AgentId, string Name, string Location)
{
    /// <summary>As an observation holds it: null for the default location.</summary>
    public string? Place => Location == Locations.Default ? null : Location;

    /// <summary>The agent inside this server.</summary>
    public static Deliverer Local(string name) => new(AgentIds.InProcess(name), name, Locations.Default);
}

/// <summary>A result that goes to the log.</summary>
internal readonly record struct TakenResult(ProbeCompleted Result, bool IsStale);

/// <summary>What becomes of a delivery's results.</summary>
/// <param name="Refused">How many were not taken, by the reason.</param>
internal sealed record Sifted(IReadOnlyList<TakenResult> Taken, IReadOnlyDictionary<string, long> Refused)
{
    private static readonly Dictionary<string, long> None = new(StringComparer.Ordinal);

    public static Sifted All(IReadOnlyList<ProbeCompleted> results) =>
        new([.. results.Select(r => new TakenResult(r, false))], None);
}
