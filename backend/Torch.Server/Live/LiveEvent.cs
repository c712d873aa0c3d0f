using Torch.Server.Auth;

namespace Torch.Server.Live;

/// <summary>What a browser hears of one event of the log.</summary>
/// <param name="Position">Of the event; the read tables have reached it.</param>
/// <param name="Kind"><c>transition</c>, <c>structure</c>, <c>revised</c> or <c>observation</c>.</param>
/// <param name="Subject">The node, or the check of an observation.</param>
/// <param name="Json">The data, on one line.</param>
/// <param name="Above">The subject and every node above it; for an observation those of the nodes that show the check.</param>
internal sealed record LiveEvent(long Position, string Kind, Guid Subject, byte[] Json, IReadOnlySet<Guid> Above)
{
    /// <summary>The nodes that it tells of: the subject, or those that show the check. Who sees none of them does not hear it.</summary>
    public IReadOnlyCollection<Guid> Nodes { get; init; } = [];

    /// <summary>The data for who does not see everything; null where it names no other node.</summary>
    public Func<Sight, byte[]>? Narrowed { get; init; }

    public bool IsIn(Sight sight) => !sight.IsLimited || Nodes.Any(sight.Shows);

    public byte[] JsonWithin(Sight sight) => sight.IsLimited && Narrowed is { } narrowed ? narrowed(sight) : Json;
}

/// <summary>What a stream wants to hear.</summary>
/// <param name="Kinds">Kinds of events; observations only where asked for.</param>
/// <param name="Root">Only what concerns this node and those below it.</param>
internal sealed record LiveFilter(IReadOnlySet<string> Kinds, Guid? Root = null)
{
    public const string Transition = "transition";
    public const string Structure = "structure";
    public const string Revised = "revised";
    public const string Observation = "observation";

    public static IReadOnlySet<string> DefaultKinds { get; } =
        new HashSet<string>(StringComparer.Ordinal) { Transition, Structure, Revised };

    public static IReadOnlySet<string> AllKinds { get; } =
        new HashSet<string>(StringComparer.Ordinal) { Transition, Structure, Revised, Observation };

    public bool Wants(LiveEvent live) =>
        Kinds.Contains(live.Kind) && (Root is not { } root || live.Above.Contains(root));
}
