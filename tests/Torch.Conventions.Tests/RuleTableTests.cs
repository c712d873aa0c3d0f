using System.Text.RegularExpressions;

namespace Torch.Conventions.Tests;

/// <summary>Every line of the rules names the tests that hold it, and they are there.</summary>
public partial class RuleTableTests
{
    [Fact]
    public void Each_line_of_the_rules_names_tests_that_exist()
    {
        var tests = Repository
            .Files("tests", ".cs")
            .SelectMany(file =>
                file.Lines.Select(line => Method().Match(line)).Where(m => m.Success).Select(m => Name(file, m))
            )
            .ToHashSet();
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs/rules-tests.md"))
            .Where(l => l.StartsWith("| ", StringComparison.Ordinal))
            .Skip(1)
            .ToList();
        lines.Count.ShouldBeGreaterThan(60);
        foreach (var line in lines)
        {
            var named = Test().Matches(line.Split('|')[2]).Select(m => m.Groups["name"].Value).ToList();
            named.ShouldNotBeEmpty(line);
            named.Where(n => !tests.Contains(n)).ShouldBeEmpty(line);
        }
    }

    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static string Name(SourceFile file, Match method) =>
        $"{Path.GetFileNameWithoutExtension(file.Path)}.{method.Groups["name"].Value}";

    [GeneratedRegex(@"^\s*public (async )?(Task|void) (?<name>\w+)\(", Options)]
    private static partial Regex Method();

    [GeneratedRegex(@"`(?<name>\w+\.\w+)`", Options)]
    private static partial Regex Test();
}
