using System.Text.RegularExpressions;

namespace Torch.Conventions.Tests;

/// <summary>Features meet through events and through what stands above them, never directly: each can be read, changed and deleted alone.</summary>
public partial class FeatureTests
{
    [Fact]
    public void Features_of_the_server_never_see_each_other()
    {
        var files = Repository
            .Files("backend/Torch.Server/Features", ".cs")
            .Where(f => Feature(f) is not null)
            .ToList();
        files.ShouldNotBeEmpty();
        foreach (var file in files)
            Seen(file).Where(seen => seen != Feature(file)).ShouldBeEmpty(file.Path);
    }

    [Fact]
    public void The_domain_knows_neither_clock_nor_database_nor_http()
    {
        string[] strangers = ["TimeProvider", "Npgsql", "System.Net", "System.IO", "Guid.CreateVersion7", "async "];
        var files = Repository.Files("backend/Torch.Domain", ".cs");
        files.ShouldNotBeEmpty();
        foreach (var file in files)
            file.Lines.Where(l => !l.TrimStart().StartsWith("//") && strangers.Any(l.Contains))
                .ShouldBeEmpty(file.Path);
    }

    [Fact]
    public void Every_source_file_fits_in_one_sitting()
    {
        var files = Repository.Files("backend", ".cs").Concat(Repository.Files("frontend/src", ".ts", ".tsx"));
        files.Where(f => !f.Path.EndsWith(".d.ts") && f.Lines.Count > 400).Select(f => f.Path).ShouldBeEmpty();
    }

    // backend/Torch.Server/Features/Nodes/GetNode.cs is Nodes; what lies in Features itself is shared by all of them.
    private static string? Feature(SourceFile file) =>
        file.Path.Split('/') is [_, _, _, var feature, _, ..] ? feature : null;

    private static IEnumerable<string> Seen(SourceFile file) =>
        file.Lines.Select(l => Using().Match(l)).Where(m => m.Success).Select(m => m.Groups["feature"].Value);

    [GeneratedRegex(
        @"^using (static )?Torch\.Server\.Features\.(?<feature>\w+)",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Using();
}
