using System.Diagnostics;

namespace Torch.Cli.Tests;

/// <summary>The snippets of docs/scripts.md, and what runs them.</summary>
internal static class Scripts
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static string Repository { get; } = FindRepository();

    private static readonly Lazy<IReadOnlyDictionary<string, string>> Snippets = new(() =>
        Read(File.ReadAllLines(Path.Combine(Repository, "docs", "scripts.md")))
    );

    /// <summary>By what stands behind the language: <c>```js node all</c> is <c>node all</c>.</summary>
    public static string Snippet(string name) => Snippets.Value[name];

    public static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Its exit code, and all that it said.</summary>
    public static async Task<(int Code, string Said)> RunAsync(
        string program,
        IEnumerable<string> arguments,
        string folder,
        params (string Name, string Value)[] variables
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        return (process.ExitCode, await output + await errors);
    }

    private static Dictionary<string, string> Read(IEnumerable<string> lines)
    {
        var (snippets, name) = (new Dictionary<string, string>(StringComparer.Ordinal), (string?)null);
        foreach (var line in lines)
            if (line.StartsWith("```", StringComparison.Ordinal))
                name = name is null ? string.Join(' ', line[3..].Split(' ').Skip(1)) : null;
            else if (name is { Length: > 0 })
                snippets[name] = snippets.GetValueOrDefault(name) + line + "\n";
        return snippets;
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Torch.Cqrs.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside the repository");
        return folder.FullName;
    }
}

/// <summary>The SDK's own compiler, called as <c>dotnet run torch.cs</c> would, without a restore.</summary>
internal static class Compiler
{
    private const string Usings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    /// <summary>The assembly of a program.</summary>
    public static async Task<string> CompileAsync(string source)
    {
        var root = Path.GetFullPath(Path.Combine(typeof(object).Assembly.Location, "..", "..", "..", ".."));
        var compiler = Last(Path.Combine(root, "sdk"), "Roslyn/bincore/csc.dll");
        var references = Last(Path.Combine(root, "packs", "Microsoft.NETCore.App.Ref"), "ref/net10.0");
        Assert.SkipWhen(compiler is null || references is null, "there is no .NET SDK beside the runtime");
        var folder = Path.GetDirectoryName(source)!;
        var usings = Path.Combine(folder, "usings.cs");
        await File.WriteAllTextAsync(usings, Usings);
        var assembly = Path.ChangeExtension(source, ".dll");
        string[] options = ["-nologo", "-nullable:enable", "-warnaserror", "-out:" + assembly];
        var all = Directory.GetFiles(references!, "*.dll").Select(reference => "-r:" + reference);
        var (code, said) = await Scripts.RunAsync(
            "dotnet",
            ["exec", compiler!, .. options, .. all, source, usings],
            folder
        );
        code.ShouldBe(0, said);
        await File.WriteAllTextAsync(
            Path.ChangeExtension(source, ".runtimeconfig.json"),
            """{"runtimeOptions":{"tfm":"net10.0","framework":{"name":"Microsoft.NETCore.App","version":"10.0.0"}}}"""
        );
        return assembly;
    }

    private static string? Last(string folder, string path) =>
        Directory.Exists(folder)
            ? Directory
                .GetDirectories(folder)
                .Select(version => Path.Combine(version, path))
                .Where(Path.Exists)
                .Order(StringComparer.Ordinal)
                .LastOrDefault()
            : null;
}
