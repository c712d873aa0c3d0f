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

    /// <summary>1 to 60 small letters, digits, dots, dashes and underscores, a letter or digit first.</summary>
    public static bool IsName(string? name) =>
        name is { Length: > 0 and <= MostCharacters }
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_');
}
