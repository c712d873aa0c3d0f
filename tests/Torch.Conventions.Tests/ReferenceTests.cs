using System.Xml.Linq;

namespace Torch.Conventions.Tests;

/// <summary>The arrows of the house: who may reference whom. A new arrow needs a decision record beside it.</summary>
public class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Torch.Text"] = [],
        ["Torch.Domain"] = ["Torch.Text"],
        ["Torch.EventStore"] = [],
        ["Torch.Contracts"] = [],
        ["Torch.Probes"] = ["Torch.Contracts", "Torch.Text"],
        ["Torch.Agent"] = ["Torch.Probes", "Torch.Contracts"],
        ["Torch.Server"] = ["Torch.Domain", "Torch.EventStore", "Torch.Contracts", "Torch.Probes"],
        ["Torch.Cli"] = ["Torch.Server", "Torch.Agent", "Torch.Contracts"],
    };

    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["Torch.Text"] = [],
        ["Torch.Domain"] = [],
        ["Torch.Contracts"] = [],
        ["Torch.Probes"] = [],
        ["Torch.EventStore"] = ["Npgsql"],
    };

    [Fact]
    public void Every_backend_project_has_its_place_in_the_house() =>
        Projects().Keys.Order().ShouldBe(Arrows.Keys.Order());

    [Fact]
    public void Arrows_point_down()
    {
        foreach (var (name, project) in Projects())
            References(project, "ProjectReference")
                .Select(Path.GetFileNameWithoutExtension)
                .Except(Arrows[name])
                .ShouldBeEmpty(name + " references what it must not see");
    }

    [Fact]
    public void What_is_pure_stays_without_packages()
    {
        foreach (var (name, allowed) in Packages)
            References(Projects()[name], "PackageReference").Except(allowed).ShouldBeEmpty(name);
    }

    [Fact]
    public void The_event_store_knows_no_word_of_monitoring()
    {
        string[] words = ["Observation", "Probe", "Hierarchy", "Incident"];
        var sources = Repository.Files("backend/Torch.EventStore", ".cs", ".sql");
        sources.ShouldNotBeEmpty();
        foreach (var file in sources)
            file.Lines.Where(l => !l.TrimStart().StartsWith("//") && words.Any(l.Contains)).ShouldBeEmpty(file.Path);
    }

    private static Dictionary<string, XDocument> Projects() =>
        Repository
            .Files("backend", ".csproj")
            .ToDictionary(f => Path.GetFileNameWithoutExtension(f.Path), f => XDocument.Load(f.FullPath));

    private static IEnumerable<string> References(XDocument project, string kind) =>
        project.Descendants(kind).Select(r => r.Attribute("Include")!.Value.Replace('\\', '/'));
}
