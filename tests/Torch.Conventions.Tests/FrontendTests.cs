using System.Text.RegularExpressions;

namespace Torch.Conventions.Tests;

/// <summary>The layers of the web app; an import goes down or stays. Specs may look where they like.</summary>
public partial class FrontendTests
{
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["main"] = ["routes", "app", "features", "live", "api", "ui", "util"],
        ["routes"] = ["app", "features", "live", "api", "ui", "util"],
        ["app"] = ["features", "live", "api", "ui", "util"],
        ["features"] = ["live", "api", "ui", "util"],
        ["live"] = ["api", "ui", "util"],
        ["api"] = ["util"],
        ["ui"] = ["util"],
        ["util"] = [],
    };

    [Fact]
    public void Imports_go_down()
    {
        var imports = Imports().ToList();
        imports.ShouldNotBeEmpty();
        imports
            .Where(i => Layer(i.From) != Layer(i.To) && !Arrows[Layer(i.From)].Contains(Layer(i.To)))
            .Select(i => $"{i.From} imports {i.To}")
            .ShouldBeEmpty();
    }

    [Fact]
    public void Features_of_the_web_app_never_import_each_other() =>
        Imports()
            .Where(i => Layer(i.From) == "features" && Layer(i.To) == "features" && Feature(i.From) != Feature(i.To))
            .Select(i => $"{i.From} imports {i.To}")
            .ShouldBeEmpty();

    private static IEnumerable<(string From, string To)> Imports() =>
        from file in Repository.Files("frontend/src", ".ts", ".tsx")
        where !file.Path.Contains(".test.") && !file.Path.Contains(".spec.") && !file.Path.EndsWith(".d.ts")
        from line in file.Lines
        let import = Relative().Match(line)
        where import.Success
        select (Short(file.Path), Short(Resolve(file.Path, import.Groups["path"].Value)));

    private static string Resolve(string from, string path) =>
        Path.GetRelativePath(".", Path.Combine(Path.GetDirectoryName(from)!, path)).Replace('\\', '/');

    private static string Short(string path) => path["frontend/src/".Length..];

    private static string Layer(string path) => path.Split('/', '.')[0];

    private static string Feature(string path) => path.Split('/')[1];

    [GeneratedRegex(
        """(from|import\() ?"(?<path>\.[^"]+)""",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Relative();
}
