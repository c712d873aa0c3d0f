using FluentValidation;
using Torch.Contracts;
using Torch.Domain.Statuses;
using Torch.Server.Configuring.Reading;
using Torch.Server.Configuring.Text;
using Torch.Server.Features;
using Torch.Server.Features.Checks;
using Torch.Server.Features.Slos;
using Torch.Server.Http;
using Model = Torch.Domain.Slo;

namespace Torch.Server.Configuring.Planning;

/// <summary>Objectives: found by their id, or by their node and name. What they leave out is history, and stays.</summary>
internal sealed class ObjectivePlanning(
    PlanContext context,
    NodePlanning nodes,
    CheckPlanning checks,
    StatusCatalog statuses,
    IValidator<ObjectiveRequest> validator
)
{
    private const string Kind = "objective";

    private readonly List<(Guid Id, Model.ObjectiveSettings Wanted, string Pointer)> _changed = [];
    private readonly List<CurrentObjective> _gone = [];

    public void Plan(IReadOnlyList<ConfigObjective> objectives)
    {
        var kept = new HashSet<Guid>();
        for (var i = 0; i < objectives.Count; i++)
            if (Plan(objectives[i], ConfigPlaces.Step("/objectives", i)) is { } id && !kept.Add(id))
                context.Problems.Add(
                    ConfigPlaces.Step("/objectives", i),
                    $"the objective {objectives[i].Name} stands here twice"
                );
        if (context.Prune)
            foreach (var gone in context.Current.Objectives.Where(o => !kept.Contains(o.Id)))
            {
                _gone.Add(gone);
                context.Delete(Kind, gone.Settings.Name, gone.Id, Form(gone.Settings));
            }
    }

    public async Task AppendAsync(ObjectiveReading reading, CancellationToken ct)
    {
        foreach (var (id, wanted, pointer) in _changed)
        {
            var known = await reading.AtAsync(id, long.MaxValue, ct);
            var decision = known.Objective.Exists ? known.Objective.Change(wanted) : Model.Objective.Create(id, wanted);
            if (context.Take(pointer, decision) is { Count: > 0 } events)
                context.Appends.Add(Journaled.Objective.Append(id, events, known.Version, context.Who));
        }
        foreach (var gone in _gone)
        {
            var known = await reading.AtAsync(gone.Id, long.MaxValue, ct);
            if (context.Take("/objectives", known.Objective.Delete()) is { Count: > 0 } events)
                context.Appends.Add(Journaled.Objective.Append(gone.Id, events, known.Version, context.Who));
        }
    }

    private Guid? Plan(ConfigObjective file, string pointer)
    {
        if (nodes.Find(file.Node, pointer + "/node") is not { } node)
            return null;
        var request = new ObjectiveRequest(file.Name, node, file.Target, file.Window, file.Sli, file.Counts);
        var verdict = validator.Validate(request);
        foreach (var (at, messages) in Validation.Errors(verdict))
        foreach (var message in messages)
            context.Problems.Add(pointer + at, message);
        if (!verdict.IsValid || !CanBeMeasured(request, pointer))
            return null;
        var wanted = SloMapping.Settings(request);
        var known = Known(file, node);
        var id = known?.Id ?? Guid.CreateVersion7();
        if (context.Compare(Kind, file.Name, id, known is null ? null : Form(known.Settings), Form(wanted)))
            _changed.Add((id, wanted, pointer));
        return id;
    }

    private CurrentObjective? Known(ConfigObjective file, Guid node) =>
        file.Id is { } id
            ? context.Current.Objectives.FirstOrDefault(o => o.Id == id)
            : context.Current.Objectives.FirstOrDefault(o => o.Settings.NodeId == node && o.Settings.Name == file.Name);

    private bool CanBeMeasured(ObjectiveRequest objective, string pointer)
    {
        var check = nodes.Node(objective.NodeId)?.CheckId is { } id ? checks.Settings(id) : null;
        var problem = objective.Sli?.Kind switch
        {
            SliKind.Count or SliKind.Latency when check is null => "only a leaf has observations to count",
            SliKind.Latency when !CheckMapping.IsProbe((CheckKind)(int)check.Kind) =>
                "the node shows no probe, so it has no latency",
            _ => null,
        };
        if (problem is not null)
            context.Problems.Add(pointer + "/sli", problem);
        var stranger = objective.Counts?.Keys.FirstOrDefault(n => statuses.Find(n) is null);
        if (stranger is not null)
            context.Problems.Add(
                ConfigPlaces.Step(pointer + "/counts", stranger),
                $"there is no status \"{stranger}\""
            );
        return problem is null && stranger is null;
    }

    private System.Text.Json.Nodes.JsonObject Form(Model.ObjectiveSettings settings) =>
        ConfigForms.Objective(
            new(
                settings.Name,
                nodes.PathOf(settings.NodeId),
                settings.Target,
                SloMapping.View(settings.Window),
                SloMapping.View(settings.Sli),
                settings.Counts is { } counts ? SloMapping.View(counts) : null
            )
        );
}
