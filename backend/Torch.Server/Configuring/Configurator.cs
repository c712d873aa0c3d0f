using System.Text.Json.Nodes;
using Torch.Contracts;
using Torch.Domain;
using Torch.EventStore;
using Torch.Server.Auth;
using Torch.Server.Configuring.Planning;
using Torch.Server.Configuring.Reading;
using Torch.Server.Configuring.Text;
using Torch.Server.Features;
using Torch.Server.Features.Channels;
using Torch.Server.Features.Checks;
using Torch.Server.Features.Maintenance;
using Torch.Server.Features.Nodes;
using Torch.Server.Features.Nodes.Rules;
using Torch.Server.Features.Notices;
using Torch.Server.Features.Slos;
using Torch.Server.Http;
using Torch.Server.Notifying;

namespace Torch.Server.Configuring;

/// <summary>
/// Brings what is in force and what a text says together: 1, read both; 2, plan each section, which finds everything that is wrong;
/// 3, decide, on the versions of now; 4, append all of it in one commit. Where somebody else came first, begin again.
/// </summary>
internal sealed class Configurator(
    CurrentReading reading,
    IEventLog log,
    Appended appended,
    Structure structure,
    Catalogue catalogue,
    JournalStreams streams,
    ObjectiveReading objectives,
    ConfigValidators validators,
    Secrets secrets,
    ChannelVault vault,
    TimeProvider time
)
{
    private const int MostAttempts = 8;

    /// <summary>What applying would do.</summary>
    /// <exception cref="FaultException">The text is wrong, with every place.</exception>
    public async Task<ConfigurationPlan> PlanAsync(
        ApplyConfiguration wanted,
        EventMetadata who,
        CancellationToken ct,
        IReadOnlyList<WantedPushKey>? pushKeys = null
    ) => Plan(await PrepareAsync(wanted, pushKeys, who, ct));

    /// <summary>Does it, or nothing of it.</summary>
    /// <param name="pushKeys">What the text cannot say, for a token stands in no file. Whoever asks for them must be allowed to make them.</param>
    /// <exception cref="FaultException">The text is wrong, with every place; or others keep changing the same things.</exception>
    public async Task<ConfigurationPlan> ApplyAsync(
        ApplyConfiguration wanted,
        EventMetadata who,
        CancellationToken ct,
        IReadOnlyList<WantedPushKey>? pushKeys = null
    )
    {
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var context = await PrepareAsync(wanted, pushKeys, who, ct);
            if (context.Appends.All(a => a.Events.Count == 0))
                return Plan(context) with { Applied = true };
            if (
                await log.AppendAsync(new AppendRequest { Streams = context.Appends }, ct)
                is not AppendOutcome.Appended done
            )
                continue;
            appended.Note(done.Position);
            return Plan(context) with { Applied = true, Position = done.Position };
        }
        throw new FaultException(Contended);
    }

    private static ConfigurationPlan Plan(PlanContext context) =>
        new(context.Changes, context.Unchanged, context.Notes, false, context.Current.Position);

    private async Task<PlanContext> PrepareAsync(
        ApplyConfiguration wanted,
        IReadOnlyList<WantedPushKey>? pushKeys,
        EventMetadata who,
        CancellationToken ct
    )
    {
        var text = YamlReading.Read(wanted.Text);
        var unfilled = Placeholders.Fill(
            text.Root,
            wanted.Variables ?? new Dictionary<string, string>(StringComparer.Ordinal)
        );
        var problems = new ConfigProblems(text.Places);
        var document = Document(text.Root, unfilled, problems);
        problems.ThrowIfAny();
        var current = await reading.ReadAsync(ct);
        var context = new PlanContext(
            current,
            problems,
            unfilled,
            wanted.Prune is true,
            time.GetUtcNow(),
            who,
            wanted.Reason
        );
        await PlanAsync(document!, context, ct);
        await new PushKeyPlanning(context, streams).PlanAsync(pushKeys ?? [], ct);
        problems.ThrowIfAny();
        return context;
    }

    private static ConfigDocument? Document(
        JsonNode? root,
        IReadOnlyDictionary<string, string> unfilled,
        ConfigProblems problems
    )
    {
        foreach (var (pointer, name) in unfilled.Where(u => !MayKeep(u.Key)))
            problems.Add(pointer, $"the variable {name} has no value");
        var document = ConfigDocument.Read(root, problems);
        if (document is { Torch: not (null or ConfigExport.Form) })
            problems.Add("/torch", $"this version of Torch reads configurations of the form {ConfigExport.Form}");
        return document;
    }

    // In these a placeholder without a value may stand for a secret that is in force.
    private static bool MayKeep(string pointer) =>
        pointer.StartsWith("/checks/", StringComparison.Ordinal)
        || pointer.StartsWith("/channels/", StringComparison.Ordinal);

    private async Task PlanAsync(ConfigDocument document, PlanContext context, CancellationToken ct)
    {
        var statuses = new StatusPlanning(context, catalogue, await catalogue.NowAsync(ct));
        await statuses.PlanAsync(document.Statuses ?? [], ct);
        var checks = new CheckPlanning(context, streams, validators.Check, secrets);
        checks.Plan(document.Checks ?? []);
        var nodes = new NodePlanning(context, checks, statuses.Statuses, validators.Node, validators.Rules);
        if (document.Nodes is { } roots)
            nodes.Plan(roots);
        var windows = new WindowPlanning(context, nodes, validators.Window);
        if (document.Maintenance is { } planned)
            windows.Plan(planned);
        var slos = new ObjectivePlanning(context, nodes, checks, statuses.Statuses, validators.Objective);
        if (document.Objectives is { } promised)
            slos.Plan(promised);
        var channels = new ChannelPlanning(context, validators.Channel, vault);
        if (document.Channels is { } ways)
            channels.Plan(ways);
        var notices = new NoticePlanning(context, nodes, channels, statuses.Statuses, validators.Notice);
        if (document.Notices is { } told)
            notices.Plan(told);
        if (context.Prune && document.Checks is not null)
            checks.Prune(nodes.Staying.Select(n => n.CheckId).OfType<Guid>().ToHashSet());
        // What is refused so far names each place; decisions on half a plan would only repeat it in other words.
        context.Problems.ThrowIfAny();
        await StructureAsync(document, context, statuses, nodes, ct);
        await checks.AppendAsync(ct);
        await nodes.AppendAsync(streams, ct);
        await windows.AppendAsync(streams, ct);
        await slos.AppendAsync(objectives, ct);
        await channels.AppendAsync(streams, ct);
        await notices.AppendAsync(streams, ct);
    }

    private async Task StructureAsync(
        ConfigDocument document,
        PlanContext context,
        StatusPlanning statuses,
        NodePlanning nodes,
        CancellationToken ct
    )
    {
        IEnumerable<string> contributions = [];
        var (events, version) = await structure.DecideAsync(
            (topology, _) =>
            {
                var copy = topology.Copy();
                var steps = nodes.Restructure(copy);
                contributions =
                [
                    .. nodes.Staying.SelectMany(n => copy.Parents(n.Id)).Select(e => e.Contribution).Distinct(),
                ];
                return Decision.Accept(steps);
            },
            ct
        );
        context.Appends.Add(JournalStreams.OfTopology(events, version, context.Who));
        if (context.Prune && document.Statuses is { } own)
            statuses.Prune(own, nodes.Staying.Select(n => (n.Name, n.Rules)), contributions);
        statuses.Append();
    }

    private static readonly Fault Contended = new(
        409,
        "contended",
        "Others keep changing the same things. Try again.",
        RetryAfterSeconds: 1
    );
}

/// <summary>The frames that the API holds each object to; a file is held to the same.</summary>
internal sealed record ConfigValidators(
    CheckValidator Check,
    CreateNodeValidator Node,
    RulesValidator Rules,
    MaintenanceValidator Window,
    ObjectiveValidator Objective,
    ChannelValidator Channel,
    NoticeRuleValidator Notice
);
