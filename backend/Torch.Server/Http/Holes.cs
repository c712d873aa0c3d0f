using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Torch.Server.Http;

/// <summary>
/// Finds nulls in lists and maps whose items C# says are never null. The serializer holds members to what C# says of them, but not the
/// items within.
/// </summary>
internal static class Holes
{
    private static readonly ConcurrentDictionary<Type, Func<object, string?>?> Finders = new();

    /// <summary>The JSON pointer of the first hole in a request; null where there is none.</summary>
    public static string? In(object request) => FinderOf(request.GetType())?.Invoke(request);

    /// <summary>How to look into a type; null where there is nothing to find, so that the requests that come most often cost nothing.</summary>
    private static Func<object, string?>? FinderOf(Type type) =>
        Finders.TryGetValue(type, out var known) ? known : Finders.GetOrAdd(type, Make(type));

    private static Func<object, string?>? Make(Type type)
    {
        if (!IsContract(type))
            return null;
        var members = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(member => member.GetIndexParameters().Length == 0)
            .Select(member => (member, look: LookInto(new NullabilityInfoContext().Create(member))))
            .Where(found => found.look is not null)
            .ToList();
        if (members.Count == 0)
            return null;
        return request =>
            members
                .Select(found =>
                    found.member.GetValue(request) is { } value ? Below(found.member, found.look!(value)) : null
                )
                .FirstOrDefault(hole => hole is not null);
    }

    private static string? Below(MemberInfo member, string? hole) =>
        hole is null ? null : $"/{JsonNamingPolicy.CamelCase.ConvertName(member.Name)}{hole}";

    private static Func<object, string?>? LookInto(NullabilityInfo member)
    {
        var item = member.ElementType ?? member.GenericTypeArguments.LastOrDefault();
        if (item is null || !typeof(IEnumerable).IsAssignableFrom(member.Type) || item.Type.IsValueType)
            return IsContract(member.Type) ? In : null;
        var (mayBeNull, look) = (item.ReadState == NullabilityState.Nullable, LookInto(item));
        return member.GenericTypeArguments.Length == 2
            ? map => InItems(Entries((IEnumerable)map), mayBeNull, look)
            : list => InItems(Numbered((IEnumerable)list), mayBeNull, look);
    }

    private static string? InItems(
        IEnumerable<(string Name, object? Item)> items,
        bool mayBeNull,
        Func<object, string?>? look
    )
    {
        foreach (var (name, item) in items)
        {
            if (item is null && !mayBeNull)
                return $"/{name}";
            if (item is not null && look?.Invoke(item) is { } hole)
                return $"/{name}{hole}";
        }
        return null;
    }

    private static IEnumerable<(string Name, object? Item)> Numbered(IEnumerable list)
    {
        var i = 0;
        foreach (var item in list)
            yield return (i++.ToString(CultureInfo.InvariantCulture), item);
    }

    private static IEnumerable<(string Name, object? Item)> Entries(IEnumerable map)
    {
        foreach (var entry in map)
        {
            var type = entry.GetType();
            var name = (string)type.GetProperty("Key")!.GetValue(entry)!;
            yield return (
                name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal),
                type.GetProperty("Value")!.GetValue(entry)
            );
        }
    }

    // What a file of the configuration says is in this assembly.
    private static bool IsContract(Type type) =>
        type.IsClass
        && (type.Assembly == typeof(Contracts.ReportRequest).Assembly || type.Assembly == typeof(Holes).Assembly);
}
