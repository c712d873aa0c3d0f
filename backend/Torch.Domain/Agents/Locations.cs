using System.Globalization;

namespace Torch.Domain.Agents;

/// <summary>Where agents stand and checks run: a short name.</summary>
public static class Locations
{
    /// <summary>Where an agent stands, and a check runs, that names no other location.</summary>
    public const string Default = "default";

    /// <summary>Characters in a name, at most.</summary>
    public const int MostCharacters = 60;

    /// <summary>How many a check may run from.</summary>
    public const int MostPerCheck = 20;

    /// <summary>How many locations must find a check bad before it is.</summary>
    /// <param name="decide"><c>any</c>, <c>all</c> or a number; null is <c>any</c>.</param>
    /// <param name="of">How many there are; no more can be asked for.</param>
    public static int Needed(string? decide, int of) =>
        decide switch
        {
            null or "any" => 1,
            "all" => of,
            _ => int.TryParse(decide, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0
                ? Math.Min(n, of)
                : 1,
        };

    /// <summary><c>any</c>, <c>all</c>, or a number from 1 to that of the locations.</summary>
    public static bool IsDecision(string? decide, int of) =>
        decide is null or "any" or "all"
        || (
            int.TryParse(decide, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            && n >= 1
            && n <= of
            && decide == n.ToString(CultureInfo.InvariantCulture)
        );

    /// <summary>1 to 60 small letters, digits, dots, dashes and underscores, a letter or digit first.</summary>
    public static bool IsName(string? name) =>
        name is { Length: > 0 and <= MostCharacters }
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_');
}
