namespace Torch.Conventions.Tests;

/// <summary>What docs/security.md promises, it names a test of.</summary>
public sealed class SecurityTableTests
{
    [Fact]
    public void Every_default_names_tests_that_there_are()
    {
        var tests = Repository
            .Files("tests", ".cs", ".mjs", ".ts")
            .SelectMany(file => file.Lines.Append(file.Path))
            .ToList();
        var named = Named().ToList();
        named.Count.ShouldBeGreaterThan(40);

        named.Where(name => !tests.Any(line => line.Contains(name, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    private static IEnumerable<string> Named()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "security.md"));
        return lines
            .SkipWhile(line => line != "## How each default is tested")
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .SelectMany(line => line.Split('`').Where((_, i) => i % 2 == 1));
    }
}
