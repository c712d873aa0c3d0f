using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;
using Torch.Server.Configuring.Text;
using Torch.Server.Features;

namespace Torch.Server.Configuring.Planning;

/// <summary>The workspace's own statuses.</summary>
internal sealed class StatusPlanning(PlanContext context, Catalogue catalogue, Versioned<StatusCatalog> known)
{
    private const string Kind = "status";

    private readonly List<IEvent> _events = [];

    /// <summary>With those of the file; what is pruned is still among them, for its uses are looked for at the end.</summary>
    public StatusCatalog Statuses { get; private set; } = known.State;

    public async Task PlanAsync(IReadOnlyList<DefineStatus> wanted, CancellationToken ct)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < wanted.Count; i++)
        {
            var pointer = ConfigPlaces.Step("/statuses", i);
            if (!seen.Add(wanted[i].Name))
                context.Problems.Add(pointer, $"the status {wanted[i].Name} stands here twice");
            else
                await PlanAsync(wanted[i], pointer, ct);
        }
    }

    private async Task PlanAsync(DefineStatus wanted, string pointer, CancellationToken ct)
    {
        var (name, label, severity, available, shape, colour) = wanted;
        var before = Own(name);
        if (!context.Compare(Kind, name, null, before is null ? null : Form(before), ConfigForms.Status(wanted)))
            return;
        var status = new Status(name, label, severity, available, shape, Colour: colour);
        var decision = before is null
            ? Statuses.Define(status)
            : Statuses.Change(status, await catalogue.ByHandAsync(name, ct));
        Take(context.Take(pointer, decision));
    }

    /// <summary>What the file does not name goes, if nothing that stays names it.</summary>
    public void Prune(
        IReadOnlyList<DefineStatus> wanted,
        IEnumerable<(string Node, RuleSet Rules)> rules,
        IEnumerable<string> contributions
    )
    {
        var named = wanted.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        var (ofRules, ofEdges) = (rules.ToList(), contributions.ToList());
        foreach (var gone in known.State.Own.Where(s => !s.Removed && !named.Contains(s.Name)).ToList())
        {
            List<string> uses =
            [
                .. ofRules.Where(r => StatusUses.Names(r.Rules, gone.Name)).Select(r => $"the rules of {r.Node}"),
                .. ofEdges.Where(c => StatusUses.Names(c, gone.Name)).Select(c => $"the contribution {c}"),
            ];
            context.Delete(Kind, gone.Name, null, Form(gone));
            Take(context.Take("/statuses", Statuses.Remove(gone.Name, uses)));
        }
    }

    /// <summary>Asserts the catalogue that everything was decided on, with what changes of it.</summary>
    public void Append() => context.Appends.Add(JournalStreams.OfStatuses(_events, known.Version, context.Who));

    private Status? Own(string name) => known.State.Own.FirstOrDefault(s => s.Name == name && !s.Removed);

    private static System.Text.Json.Nodes.JsonObject Form(Status s) =>
        ConfigForms.Status(new(s.Name, s.Label, s.Severity, s.Available, s.Shape, s.Colour!));

    private void Take(IReadOnlyList<IEvent> events)
    {
        _events.AddRange(events);
        Statuses = Statuses.Fold(events);
    }
}
