using System.Text;
using System.Text.Json.Nodes;
using Torch.Contracts;
using Torch.Domain.Nodes;
using Torch.Server.Configuring.Reading;
using Torch.Server.Configuring.Text;
using Torch.Server.Features.Maintenance;
using Torch.Server.Features.Slos;

namespace Torch.Server.Configuring;

/// <summary>Exports the configuration in force.</summary>
internal sealed class ConfigExports(CurrentReading reading, IHostApplicationLifetime lifetime)
{
    private readonly SharedRuns<string> _plain = new(() => WriteAsync(reading, lifetime, withIds: false));
    private readonly SharedRuns<string> _withIds = new(() => WriteAsync(reading, lifetime, withIds: true));

    public Task<string> WriteAsync(bool withIds, CancellationToken ct) => (withIds ? _withIds : _plain).AskAsync(ct);

    private static async Task<string> WriteAsync(
        CurrentReading reading,
        IHostApplicationLifetime lifetime,
        bool withIds
    ) => new ConfigExport(await reading.ReadAsync(lifetime.ApplicationStopping), withIds).Write();
}

/// <summary>The configuration in force as a file: applied to where it came from it changes nothing.</summary>
internal sealed class ConfigExport(CurrentConfig current, bool withIds)
{
    public const int Form = 1;

    private readonly ConfigNames _names = new(current);
    private readonly Dictionary<string, string> _secrets = new(StringComparer.Ordinal);

    public string Write()
    {
        var root = new JsonObject { ["torch"] = Form };
        Put(root, "statuses", current.Statuses.Own.Where(s => !s.Removed).Select(Status));
        Put(root, "checks", current.Checks.Where(c => c.IsEdited || c.IsShown).Select(Check));
        Put(root, "nodes", Nodes());
        Put(root, "maintenance", current.Windows.Where(w => !w.IsOver).Select(Window));
        Put(root, "objectives", current.Objectives.Select(Objective));
        Put(root, "channels", current.Channels.Select(Channel));
        Put(root, "notices", current.Notices.Select(Notice));
        return Head() + YamlWriting.Write(root);
    }

    private static void Put(JsonObject root, string section, IEnumerable<JsonObject> objects) =>
        root[section] = new JsonArray([.. objects]);

    private string Head()
    {
        var head = new StringBuilder();
        head.Append("# Torch's configuration. Change it and run: torch apply -f FILE --dry-run\n");
        if (_secrets.Count > 0)
            head.Append("# Secrets are not in this file. Where their variables are not set, those in force stay:\n");
        foreach (var name in _secrets.Keys)
            head.Append("#   ").Append(name).Append('\n');
        return head.ToString();
    }

    private static JsonObject Status(Domain.Statuses.Status s) =>
        Escaped(ConfigForms.Status(new(s.Name, s.Label, s.Severity, s.Available, s.Shape, s.Colour!)));

    private JsonObject Check(CurrentCheck check)
    {
        var form = Escaped(CheckForm.Of(check.Settings));
        ConfigSecrets.TakeOut(form, check.Settings.Name, _secrets);
        return Identified(form, check.Id, withIds || _names.NeedsId(check));
    }

    // A node that stands in several places is written out where it is met first.
    private List<JsonObject> Nodes()
    {
        var written = new HashSet<Guid>();
        return [.. current.Roots.Select(r => Node(r, null, written))];
    }

    private JsonObject Node(CurrentNode node, Edge? edge, HashSet<Guid> written)
    {
        var form = written.Add(node.Id)
            ? NodeForm.Of(node, node.CheckId is { } check ? _names.Of(current.Check(check), check) : null) with
            {
                Id = withIds || _names.NeedsId(node) ? node.Id : null,
                DependsOn = node.DependsOn.Count == 0 ? null : [.. node.DependsOn.Select(_names.Of)],
            }
            : new ConfigNode(Link: _names.Of(node.Id));
        if (edge is not null)
            form = form.On(edge.Weight, edge.Required, edge.Contribution);
        var json = Escaped(ConfigJson.Write(form));
        if (form.Link is null && node.Children.Count > 0)
            json["children"] = new JsonArray([
                .. node.Children.Select(e => Node(current.Node(e.ChildId)!, e, written)),
            ]);
        return json;
    }

    private JsonObject Window(CurrentWindow window) =>
        Escaped(
            ConfigForms.Window(
                new(
                    window.Window.Name,
                    [.. window.Window.NodeIds.Where(id => current.Node(id) is not null).Select(_names.Of)],
                    MaintenanceMapping.View(window.Window.Schedule!),
                    window.Window.Reason,
                    withIds || _names.NeedsId(window) ? window.Id : null
                )
            )
        );

    private JsonObject Objective(CurrentObjective objective) =>
        Escaped(
            ConfigForms.Objective(
                new(
                    objective.Settings.Name,
                    _names.Of(objective.Settings.NodeId),
                    objective.Settings.Target,
                    SloMapping.View(objective.Settings.Window),
                    SloMapping.View(objective.Settings.Sli),
                    objective.Settings.Counts is { } counts ? SloMapping.View(counts) : null,
                    withIds || _names.NeedsId(objective) ? objective.Id : null
                )
            )
        );

    // A webhook's signing secret stays where it is, or is made anew: whoever sets one up tells it to the receiver.
    private JsonObject Channel(CurrentChannel channel)
    {
        var form = Escaped(ChannelForm.Of(channel.Settings, _ => null));
        foreach (var (secret, pointer) in ChannelForm.Secrets)
            if (secret != Domain.Notices.ChannelSecret.Signing && channel.Secrets.ContainsKey(secret))
                ConfigSecrets.Place(form, pointer, channel.Settings.Name, channel.Secrets[secret], _secrets);
        return Identified(form, channel.Id, withIds || _names.NeedsId(channel));
    }

    private JsonObject Notice(CurrentNotice rule) =>
        Escaped(
            ConfigForms.Notice(
                rule.Settings,
                _names.OfChannel,
                _names.Of,
                withIds || _names.NeedsId(rule) ? rule.Id : null
            )
        );

    private static JsonObject Identified(JsonObject form, Guid id, bool needsId)
    {
        if (needsId)
            form.Insert(1, "id", JsonValue.Create(id.ToString()));
        return form;
    }

    private static JsonObject Escaped(JsonObject form)
    {
        Placeholders.EscapeAll(form);
        return form;
    }
}

/// <summary>How objects of a configuration are called in a file: by name or path, by id only where that is not enough.</summary>
internal sealed class ConfigNames(CurrentConfig current)
{
    private readonly ILookup<string, Guid> _channels = current.Channels.ToLookup(c => c.Settings.Name, c => c.Id);
    private readonly Dictionary<Guid, string> _channelNames = current.Channels.ToDictionary(
        c => c.Id,
        c => c.Settings.Name
    );
    private readonly HashSet<string> _windows = Repeated(current.Windows.Select(w => w.Window.Name));
    private readonly HashSet<string> _notices = Repeated(current.Notices.Select(r => r.Settings.Name));
    private readonly HashSet<(Guid, string)> _objectives = Repeated(current.Objectives.Select(Key));

    public bool NeedsId(CurrentCheck check) =>
        check.Settings.Source is null && IsSeveral(current.ChecksNamed(check.Settings.Name));

    public bool NeedsId(CurrentNode node) =>
        node.Parents.Count == 0
            ? IsSeveral(current.Named(null, node.Name))
            : node.Parents.Exists(e => IsSeveral(current.Named(e.ParentId, node.Name)));

    public bool NeedsId(CurrentWindow window) => _windows.Contains(window.Window.Name);

    public bool NeedsId(CurrentObjective objective) => _objectives.Contains(Key(objective));

    public bool NeedsId(CurrentChannel channel) => IsSeveral(_channels[channel.Settings.Name]);

    public bool NeedsId(CurrentNotice rule) => _notices.Contains(rule.Settings.Name);

    /// <summary>A channel by its name, where others are called so by its id.</summary>
    public string OfChannel(Guid id) =>
        _channelNames.GetValueOrDefault(id) is { } name && !IsSeveral(_channels[name]) ? name : id.ToString();

    /// <summary>A check by its name, where others are called so by its source, else by its id.</summary>
    public string Of(CurrentCheck? check, Guid id) =>
        check is null ? id.ToString()
        : !IsSeveral(current.ChecksNamed(check.Settings.Name)) ? check.Settings.Name
        : check.Settings.Source ?? id.ToString();

    /// <summary>A node by its path, where others are called so by its id.</summary>
    public string Of(Guid nodeId) =>
        current.Node(nodeId) is { } node && current.PathOf(node) is var path && current.At(path).Count == 1
            ? path
            : nodeId.ToString();

    private static (Guid, string) Key(CurrentObjective objective) =>
        (objective.Settings.NodeId, objective.Settings.Name);

    private static bool IsSeveral<T>(IEnumerable<T> called) => called.Skip(1).Any();

    private static HashSet<T> Repeated<T>(IEnumerable<T> names) =>
        [.. names.GroupBy(n => n).Where(IsSeveral).Select(n => n.Key)];
}

/// <summary>Sections as their objects stand in a file.</summary>
internal static class ConfigForms
{
    // Severity and availability say something where they are null, so they are written even then.
    public static JsonObject Status(DefineStatus status) =>
        new()
        {
            ["name"] = status.Name,
            ["label"] = status.Label,
            ["severity"] = status.Severity,
            ["available"] = status.Available,
            ["shape"] = status.Shape,
            ["colour"] = status.Colour,
        };

    public static JsonObject Window(ConfigWindow window) => ConfigJson.Write(window);

    /// <summary>A notice rule; what is as it is by default is left out.</summary>
    public static JsonObject Notice(
        Domain.Notices.NoticeRuleSettings rule,
        Func<Guid, string> channel,
        Func<Guid, string> node,
        Guid? id
    ) =>
        ConfigJson.Write(
            new ConfigNotice(
                rule.Name,
                [.. rule.Channels.Select(channel)],
                rule.Enabled ? null : false,
                rule.NodeIds.Count == 0 ? null : [.. rule.NodeIds.Select(node)],
                rule.AtLeast,
                rule.Delay == TimeSpan.Zero ? null : rule.Delay,
                rule.Gather == TimeSpan.FromSeconds(5) ? null : rule.Gather,
                rule.Escalations.Count == 0
                    ? null
                    : [.. rule.Escalations.Select(e => new ConfigEscalation(e.After, [.. e.Channels.Select(channel)]))],
                rule.Repeat,
                rule.Recovery ? null : false,
                rule.Quiet is { } quiet ? new(quiet.Schedule, quiet.TimeZone, quiet.Except) : null,
                id
            )
        );

    public static JsonObject Objective(ConfigObjective objective) =>
        ConfigJson.Write(objective with { Sli = objective.Sli is { Kind: SliKind.Time } ? null : objective.Sli });
}
