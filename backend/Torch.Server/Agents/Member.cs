using System.Threading.Channels;
using Torch.Contracts;

namespace Torch.Server.Agents;

/// <summary>A check with where it runs.</summary>
internal sealed record PlacedCheck(ScheduledCheck Check, IReadOnlyList<string> Locations);

/// <summary>An agent that is there.</summary>
internal sealed class Member(Guid id, string name, string location, long epoch, bool isLocal)
{
    public Guid Id => id;
    public string Name { get; set; } = name;
    public string Location { get; set; } = location;
    public long Epoch => epoch;

    /// <summary>In the server's process: it shares its fate, so it needs no lease.</summary>
    public bool IsLocal => isLocal;

    /// <summary>The machine that it runs on; null where nobody has said.</summary>
    public string? Host { get; init; }

    /// <summary>The kinds that it can run; null for all.</summary>
    public IReadOnlySet<CheckKind>? Kinds { get; init; }

    /// <summary>When it was last heard, on the clock of <see cref="Spreading"/>.</summary>
    public TimeSpan SeenAt { get; set; }

    /// <summary>Until when it may probe without having been heard; <see cref="TimeSpan.MaxValue"/> for ever.</summary>
    public TimeSpan LeaseUntil { get; set; } = TimeSpan.MaxValue;

    /// <summary>What it should run now, and under which number.</summary>
    public IReadOnlyList<ScheduledCheck> List { get; set; } = [];
    public long Version { get; set; }

    /// <summary>Whether its list goes out with a lease.</summary>
    public bool IsLeased { get; set; }

    /// <summary>What it may be running: every list that went out since the last one that it confirmed.</summary>
    public HashSet<Guid> Holding { get; set; } = [];

    /// <summary>What it said of itself last.</summary>
    public AgentHeartbeat? Status { get; set; }

    /// <summary>Probes that it is to run now.</summary>
    public Channel<RunProbe> Runs { get; } = Channel.CreateUnbounded<RunProbe>();

    /// <summary>Completed when the list is another one.</summary>
    public TaskCompletionSource Changed { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
