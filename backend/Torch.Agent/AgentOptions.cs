using Torch.Agent.Export;

namespace Torch.Agent;

/// <summary>An agent's settings.</summary>
/// <param name="Name">Shown beside each result.</param>
public sealed record AgentOptions(string Name)
{
    /// <summary>Probes at once, over all hosts.</summary>
    public int MaxProbes { get; init; } = 256;

    /// <summary>Probes of one host at once.</summary>
    public int MaxProbesPerHost { get; init; } = 16;

    /// <summary>Results kept while the server is away; beyond it the oldest are dropped and counted.</summary>
    public int MaxWaitingResults { get; init; } = 100_000;

    /// <summary>How results travel.</summary>
    public ExportPacing Pacing { get; init; } = new();
}
