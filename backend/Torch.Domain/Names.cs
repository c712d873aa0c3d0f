namespace Torch.Domain;

/// <summary>What a name of a node or check may be.</summary>
internal static class Names
{
    public static string? Problem(string name) =>
        string.IsNullOrWhiteSpace(name) ? "A name has 1 to 200 characters."
        : name.Length > 200 ? "A name has at most 200 characters."
        : name.Any(char.IsControl) ? "A name has no control characters."
        : null;
}
