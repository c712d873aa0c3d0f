namespace Torch.Server.Auth;

/// <summary>What an endpoint asks of a caller, and what a caller may do. Each stands for itself: who may administrate has the others too, because that is what a role gives.</summary>
[Flags]
internal enum Right
{
    /// <summary>Nothing is asked: everybody may.</summary>
    Anonymous = 0,

    /// <summary>See everything that is shown, and ask what a draft would do.</summary>
    Read = 1,

    /// <summary>Report.</summary>
    Ingest = 2,

    /// <summary>Change what is monitored and how it is judged.</summary>
    Write = 4,

    /// <summary>People, keys, agents, and Torch itself.</summary>
    Admin = 8,

    /// <summary>An agent's own paths, which nobody else may use.</summary>
    Agent = 16,

    /// <summary>A person's own password and sessions.</summary>
    Person = 32,
}

/// <summary>The right that an endpoint asks for. Where there are several, the last holds.</summary>
internal sealed record RightMetadata(Right Right);

/// <summary>Every endpoint states its right; one that does not opens to nobody, and the server does not start with it.</summary>
internal static class Rights
{
    public const Right Viewer = Right.Read;
    public const Right Editor = Right.Read | Right.Ingest | Right.Write;
    public const Right Everything = Editor | Right.Admin;

    /// <summary>States the right of an endpoint, or of all in a group.</summary>
    public static T Needs<T>(this T builder, Right right)
        where T : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(new RightMetadata(right)));
        return builder;
    }

    /// <summary>States the rights of a group: of its reads, and of what changes something.</summary>
    public static T Needs<T>(this T group, Right read, Right change)
        where T : IEndpointConventionBuilder
    {
        group.Add(endpoint => endpoint.Metadata.Add(new RightMetadata(IsRead(endpoint) ? read : change)));
        return group;
    }

    /// <summary>Also for an editor of certain hierarchies: what the address names is looked at here, what the body names by the operation.</summary>
    public static T WithinHierarchies<T>(this T group)
        where T : IEndpointConventionBuilder
    {
        group.AddEndpointFilter<T, WithinHierarchies>();
        group.Add(endpoint => endpoint.Metadata.Add(BoundedMark.Instance));
        return group;
    }

    /// <summary>
    /// Also for who sees certain hierarchies only: the operation takes a <see cref="Sight"/>, or tells of no node. To others such a caller has no
    /// right, so that what is new shows them nothing until it holds to it.
    /// </summary>
    public static RouteHandlerBuilder WithinSight(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(SightMark.Instance);

    /// <summary>Null where it states none.</summary>
    public static Right? RightOf(Endpoint endpoint) => endpoint.Metadata.GetMetadata<RightMetadata>()?.Right;

    /// <exception cref="InvalidOperationException">An endpoint states no right.</exception>
    public static void RequireStated(IEnumerable<Endpoint> endpoints)
    {
        if (endpoints.FirstOrDefault(e => RightOf(e) is null) is { } open)
            throw new InvalidOperationException($"{open.DisplayName} does not state its right: say .Needs(Right...)");
    }

    private static bool IsRead(EndpointBuilder endpoint) =>
        endpoint.Metadata.OfType<HttpMethodMetadata>().Any(m => m.HttpMethods is ["GET"]);
}
