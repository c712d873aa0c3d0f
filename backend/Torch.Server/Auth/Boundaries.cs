using Npgsql;
using Torch.Server.Features;
using Torch.Server.Http;

namespace Torch.Server.Auth;

/// <summary>Marks an operation that looks by itself whether what it changes is within an editor's hierarchies. To others such an editor has no right.</summary>
internal sealed class BoundedMark
{
    public static BoundedMark Instance { get; } = new();
}

/// <summary>Keeps an editor of certain hierarchies within them. What stands in several hierarchies must be in theirs with all of them.</summary>
internal sealed class Boundaries(NpgsqlDataSource db)
{
    private const string Roots = """
        with recursive up(id) as (
            select id from torch.nodes where id = any($1) or check_id = any($1)
            union
            select e.parent_id from torch.edges e join up on e.child_id = up.id
        )
        select up.id from up where not exists (select from torch.edges e where e.child_id = up.id)
        """;

    /// <param name="nodes">Nodes, or checks, which all nodes that show them stand for.</param>
    /// <exception cref="FaultException">403: one of them is elsewhere. What is not there at all is left to who looks for it.</exception>
    public async Task RequireAsync(HttpContext http, IReadOnlyCollection<Guid> nodes)
    {
        if (http.Caller()?.Hierarchies is not { } theirs || nodes.Count == 0)
            return;
        var roots = await db.QueryAsync(Roots, [nodes.ToArray()], r => r.GetGuid(0), http.RequestAborted);
        if (roots.Except(theirs).Any())
            throw new FaultException(Foreign);
    }

    public static Fault Foreign { get; } =
        new(403, "foreign_hierarchy", "You may change things only within the hierarchies that you are an editor of.");
}

/// <summary>What only a request's body names.</summary>
internal static class Bounds
{
    /// <inheritdoc cref="Boundaries.RequireAsync"/>
    public static Task RequireWithinAsync(this HttpContext http, params IReadOnlyCollection<Guid> nodes) =>
        http.Caller()?.Hierarchies is null
            ? Task.CompletedTask
            : http.RequestServices.GetRequiredService<Boundaries>().RequireAsync(http, nodes);

    /// <summary>Of the parent that a node shall have: without one it would be a hierarchy of its own.</summary>
    public static Task RequireParentWithinAsync(this HttpContext http, Guid? parent)
    {
        if (parent is { } id)
            return http.RequireWithinAsync(id);
        return http.Caller()?.Hierarchies is null ? Task.CompletedTask : throw new FaultException(Boundaries.Foreign);
    }
}

/// <summary>Looks at every node that the address of a change names.</summary>
internal sealed class WithinHierarchies(Boundaries boundaries) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Caller()?.Hierarchies is not null && !HttpMethods.IsGet(http.Request.Method))
            await boundaries.RequireAsync(http, Named(http));
        return await next(context);
    }

    private static List<Guid> Named(HttpContext http) =>
        [
            .. http
                .Request.RouteValues.Values.Select(v => Guid.TryParse(v?.ToString(), out var id) ? id : Guid.Empty)
                .Where(id => id != Guid.Empty),
        ];
}
