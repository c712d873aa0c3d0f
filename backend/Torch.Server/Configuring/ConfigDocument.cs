using System.Text.Json.Nodes;
using Torch.Contracts;
using Torch.Server.Configuring.Text;

namespace Torch.Server.Configuring;

/// <summary>
/// A configuration as a file says it. A section that is absent is not spoken of, and stays as it is; what is absent within an object
/// takes its default.
/// </summary>
/// <param name="Torch">The form's version: 1.</param>
/// <param name="Checks">Each a <see cref="CheckRequest"/>, with <c>id</c> where its name alone does not tell it.</param>
/// <param name="Channels">Each a <see cref="ChannelRequest"/>, with <c>id</c> where its name alone does not tell it.</param>
internal sealed record ConfigDocument(
    int? Torch = null,
    IReadOnlyList<DefineStatus>? Statuses = null,
    IReadOnlyList<JsonObject>? Checks = null,
    IReadOnlyList<ConfigNode>? Nodes = null,
    IReadOnlyList<ConfigWindow>? Maintenance = null,
    IReadOnlyList<ConfigObjective>? Objectives = null,
    IReadOnlyList<JsonObject>? Channels = null,
    IReadOnlyList<ConfigNotice>? Notices = null
)
{
    private static IReadOnlyList<string> Members { get; } =
    [.. ConfigJson.Input.GetTypeInfo(typeof(ConfigDocument)).Properties.Select(p => p.Name)];

    /// <summary>Reads each object of each section by itself, so that one that is wrong hides nothing that is wrong elsewhere.</summary>
    public static ConfigDocument? Read(JsonNode? root, ConfigProblems problems)
    {
        if (root is not JsonObject members)
            return ConfigJson.Read<ConfigDocument>(root, "", problems);
        foreach (var (name, _) in members)
            if (!Members.Contains(name, StringComparer.Ordinal))
                problems.Add(
                    ConfigPlaces.Step("", name),
                    $"this member is not known here; expected {string.Join(", ", Members)}"
                );
        var head = new JsonObject { ["torch"] = members["torch"]?.DeepClone() };
        return (ConfigJson.Read<ConfigDocument>(head, "", problems) ?? new()) with
        {
            Statuses = Each<DefineStatus>(members, "statuses", problems),
            Checks = Each<JsonObject>(members, "checks", problems),
            Nodes = Each<ConfigNode>(members, "nodes", problems),
            Maintenance = Each<ConfigWindow>(members, "maintenance", problems),
            Objectives = Each<ConfigObjective>(members, "objectives", problems),
            Channels = Each<JsonObject>(members, "channels", problems),
            Notices = Each<ConfigNotice>(members, "notices", problems),
        };
    }

    private static List<T>? Each<T>(JsonObject root, string section, ConfigProblems problems)
        where T : class
    {
        var pointer = ConfigPlaces.Step("", section);
        return root[section] switch
        {
            null => null,
            JsonArray items =>
            [
                .. items
                    .Select((item, i) => ConfigJson.Read<T>(item, ConfigPlaces.Step(pointer, i), problems))
                    .OfType<T>(),
            ],
            var other => ConfigJson.Read<List<T>>(other, pointer, problems),
        };
    }
}

/// <summary>A node where it stands, with all below it.</summary>
/// <param name="Name">Null only beside <paramref name="Link"/>.</param>
/// <param name="Link">The path of a node that is written out elsewhere, and stands here, too.</param>
/// <param name="Id">Where the name alone does not tell it, or where it is to be renamed.</param>
/// <param name="Check">Of a leaf: the check's name, source or id.</param>
/// <param name="DependsOn">Paths of nodes.</param>
internal sealed record ConfigNode(
    string? Name = null,
    string? Link = null,
    Guid? Id = null,
    string? Check = null,
    IReadOnlyList<string>? Tags = null,
    decimal? Weight = null,
    bool? Required = null,
    string? Contribution = null,
    bool? Paused = null,
    TimeSpan? Staleness = null,
    ServicePeriodSettings? ServicePeriod = null,
    string? RollUp = null,
    string? Match = null,
    IReadOnlyList<RuleRequest>? Rules = null,
    TimingSettings? Timing = null,
    string? TimeZone = null,
    IReadOnlyList<string>? DependsOn = null,
    IReadOnlyList<ConfigNode>? Children = null
);

/// <summary>A maintenance window.</summary>
/// <param name="Nodes">Paths.</param>
internal sealed record ConfigWindow(
    string Name,
    IReadOnlyList<string> Nodes,
    MaintenancePlan Schedule,
    string? Reason = null,
    Guid? Id = null
);

/// <summary>An objective.</summary>
/// <param name="Node">A path.</param>
internal sealed record ConfigObjective(
    string Name,
    string Node,
    decimal Target,
    SloWindow Window,
    Sli? Sli = null,
    IReadOnlyDictionary<string, Counting>? Counts = null,
    Guid? Id = null
);

/// <summary>Who is told of what.</summary>
/// <param name="Channels">By their names.</param>
/// <param name="Nodes">Paths; all nodes where absent.</param>
internal sealed record ConfigNotice(
    string Name,
    IReadOnlyList<string> Channels,
    bool? Enabled = null,
    IReadOnlyList<string>? Nodes = null,
    string? AtLeast = null,
    TimeSpan? Delay = null,
    TimeSpan? Gather = null,
    IReadOnlyList<ConfigEscalation>? Escalations = null,
    TimeSpan? Repeat = null,
    bool? Recovery = null,
    QuietHours? Quiet = null,
    Guid? Id = null
);

/// <param name="Channels">By their names.</param>
internal sealed record ConfigEscalation(TimeSpan After, IReadOnlyList<string> Channels);
