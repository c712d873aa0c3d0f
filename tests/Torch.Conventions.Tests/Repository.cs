namespace Torch.Conventions.Tests;

/// <summary>The checkout that the tests were built in, as files.</summary>
internal static class Repository
{
    private static readonly string[] Made = ["bin", "obj", "node_modules", "dist"];

    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>Source files below a folder, without what builds have made.</summary>
    public static IReadOnlyList<SourceFile> Files(string folder, params string[] extensions)
    {
        var top = Path.Combine(Root, folder);
        return
        [
            .. Directory
                .EnumerateFiles(top, "*", SearchOption.AllDirectories)
                .Where(path => extensions.Contains(Path.GetExtension(path)))
                .Select(path => new SourceFile(Path.GetRelativePath(Root, path).Replace('\\', '/'), path))
                .Where(file => !file.Path.Split('/').Intersect(Made).Any()),
        ];
    }

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new InvalidOperationException("The tests do not run in a checkout")
        : File.Exists(Path.Combine(folder.FullName, "Torch.Cqrs.sln")) ? folder.FullName
        : Find(folder.Parent);
}

/// <param name="Path">From the root, with slashes.</param>
internal sealed record SourceFile(string Path, string FullPath)
{
    public IReadOnlyList<string> Lines => File.ReadAllLines(FullPath);
}
