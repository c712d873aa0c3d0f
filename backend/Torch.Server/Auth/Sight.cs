using Torch.Server.Features;
using Torch.Server.Http;

namespace Torch.Server.Auth;

/// <summary>Marks an operation that shows a caller only what is in their sight. To others who does not see everything has no right.</summary>
internal sealed class SightMark
{
    public static SightMark Instance { get; } = new();
}

/// <summary>
/// Which nodes a caller sees: all, or those below certain roots, whichever way they are reached. What stands there now counts, also of
/// the past. Handlers take it as a parameter.
/// </summary>
/// <param name="roots">Null for everything.</param>
/// <param name="nodes">The roots and all below them.</param>
internal sealed class Sight(IReadOnlyList<Guid>? roots, IReadOnlySet<Guid> nodes)
{
    public static Sight Whole { get; } = new(null, new HashSet<Guid>());

    public static Fault Beyond { get; } =
        new(403, "beyond_sight", "You see certain hierarchies only, and this is not limited to them.");

    public IReadOnlyList<Guid>? Roots => roots;

    public bool IsLimited => roots is not null;

    /// <summary>For queries: null for everything.</summary>
    public Guid[]? Nodes { get; } = roots is null ? null : [.. nodes];

    public bool Shows(Guid node) => roots is null || nodes.Contains(node);

    /// <summary>Those that are shown, in their order.</summary>
    public IReadOnlyList<Guid> Of(IReadOnlyList<Guid> some) => roots is null ? some : [.. some.Where(Shows)];

    /// <summary>The same, null where none is.</summary>
    public IReadOnlyList<Guid>? OfAny(IReadOnlyList<Guid>? some) =>
        roots is null || some is null ? some
        : Of(some) is { Count: > 0 } shown ? shown
        : null;

    /// <summary>Whether whoever knew the other one's nodes sees all of them still.</summary>
    public bool Covers(Sight other) => roots is null || (other.Nodes is { } known && known.All(nodes.Contains));

    /// <exception cref="FaultException">404, as for one that nobody knows.</exception>
    public void Require(Guid node)
    {
        if (!Shows(node))
            throw new FaultException(Fault.NotFound("node"));
    }

    public static bool Admits(Caller caller, Endpoint endpoint) =>
        caller.Sees is null || endpoint.Metadata.GetMetadata<SightMark>() is not null;

    public static bool IsSame(IReadOnlyList<Guid>? one, IReadOnlyList<Guid>? other) =>
        one is null || other is null ? one == other : one.ToHashSet().SetEquals(other);

    /// <summary>The caller's, read once for each request.</summary>
    public static async ValueTask<Sight?> BindAsync(HttpContext http)
    {
        if (http.Caller()?.Sees is not { } roots)
            return Whole;
        if (http.Items[typeof(Sight)] is Sight known)
            return known;
        var sight = await http.RequestServices.GetRequiredService<Structure>().SightAsync(roots, http.RequestAborted);
        http.Items[typeof(Sight)] = sight;
        return sight;
    }
}
