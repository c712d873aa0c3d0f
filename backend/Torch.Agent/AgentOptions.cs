using Torch.Agent.Export;
using Torch.Agent.Spool;

namespace Torch.Agent;

/// <summary>An agent's settings.</summary>
/// <param name="Name">Shown beside each result.</param>
public sealed record AgentOptions(string Name)
{
    /// <summary>Probes at once, over all hosts.</summary>
    public int MaxProbes { get; init; } = 256;

    /// <summary>Probes of one host at once.</summary>
    public int MaxProbesPerHost { get; init; } = 16;

    /// <summary>Where results wait for the server; null for memory alone, where they are lost with the process.</summary>
    public SpoolOptions? Spool { get; init; }

    /// <summary>Results kept in memory where there is no spool; beyond it the oldest are dropped and counted.</summary>
    public int MaxWaitingResults { get; init; } = 100_000;

    /// <summary>False runs probes on demand only.</summary>
    public bool Schedules { get; init; } = true;

    /// <summary>False delivers nothing: results stay in the spool.</summary>
    public bool Exports { get; init; } = true;

    /// <summary>How results travel.</summary>
    public ExportPacing Pacing { get; init; } = new();
}
