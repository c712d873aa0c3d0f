namespace Torch.Domain.People;

/// <summary>What a person may do. They are on disk.</summary>
public static class Roles
{
    /// <summary>Sees everything, or what stands below certain roots, and changes nothing.</summary>
    public const string Viewer = "viewer";

    /// <summary>Changes what is monitored, everywhere or below certain roots.</summary>
    public const string Editor = "editor";

    /// <summary>Everything, people and keys included.</summary>
    public const string Admin = "admin";

    public static IReadOnlyList<string> All { get; } = [Viewer, Editor, Admin];
}
