using System.Reflection;

namespace Torch.Server.Http;

/// <summary>Refuses what a query names and the operation does not know, or names twice: a misspelt filter would silently filter nothing.</summary>
internal static class KnownQuery
{
    /// <summary>Taken or refused by <see cref="Features.MinPosition"/>, which has more to say of them.</summary>
    private static readonly string[] Shared = ["minPosition", "asOf", "atPosition", "knownAt"];

    public static EndpointFilterDelegate Refusing(EndpointFilterFactoryContext endpoint, EndpointFilterDelegate next)
    {
        var known = endpoint.MethodInfo.GetParameters().Where(IsText).Select(p => p.Name!).Concat(Shared);
        var names = known.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var bound = endpoint.MethodInfo.GetParameters();
        return context =>
        {
            if (context.HttpContext.Response.StatusCode == StatusCodes.Status400BadRequest)
                throw new FaultException(Fault.Invalid(Unread(context, bound), "This parameter has a wrong form."));
            if (context.HttpContext.Request.Query.Count > 0)
                Check(context.HttpContext, names);
            return next(context);
        };
    }

    /// <summary>Marks operations that pass over what they do not know, as their predecessors did.</summary>
    public static object Any { get; } = new AnyMark();

    private static void Check(HttpContext http, HashSet<string> names)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<AnyMark>() is not null)
            return;
        foreach (var (name, values) in http.Request.Query)
        {
            if (!names.Contains(name) || http.Request.RouteValues.ContainsKey(name))
                throw new FaultException(Fault.Invalid(name, "this query parameter is not known here"));
            if (values.Count > 1)
                throw new FaultException(Fault.Invalid(name, "this query parameter stands twice"));
        }
    }

    // The framework answers a bare 400 where an optional parameter cannot be parsed: it is there, and its argument is not.
    private static string Unread(EndpointFilterInvocationContext context, ParameterInfo[] bound)
    {
        var query = context.HttpContext.Request.Query;
        return bound.FirstOrDefault(p => context.Arguments[p.Position] is null && query.ContainsKey(p.Name!))?.Name
            ?? "";
    }

    // What is bound from the path or the query can be parsed; services and the request itself cannot.
    private static bool IsText(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return type.IsEnum
            || type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IParsable<>));
    }

    private sealed record AnyMark;
}
