namespace Torch.Server.Http;

/// <summary>Words that a query may name, in small or capital letters.</summary>
internal static class QueryWords
{
    /// <summary>Null where the query does not say.</summary>
    /// <exception cref="FaultException">It is another word.</exception>
    public static T? Read<T>(string? text, string parameter)
        where T : struct, Enum
    {
        if (text is null)
            return null;
        if (Enum.GetNames<T>().FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name)
            return Enum.Parse<T>(name);
        var words = string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()));
        throw new FaultException(Fault.Invalid(parameter, "must be one of " + words));
    }
}
