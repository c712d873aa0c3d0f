using FluentValidation;
using Torch.Contracts;
using Torch.Server.Configuring.Reading;
using Torch.Server.Configuring.Text;
using Torch.Server.Features;
using Torch.Server.Features.Maintenance;
using Torch.Server.Http;
using Window = Torch.Domain.Maintenance.MaintenanceWindow;

namespace Torch.Server.Configuring.Planning;

/// <summary>Maintenance windows: found by their id, or by their name among those that are not over.</summary>
internal sealed class WindowPlanning(PlanContext context, NodePlanning nodes, IValidator<MaintenanceRequest> validator)
{
    private const string Kind = "maintenance";

    private readonly List<(Guid Id, MaintenanceRequest Wanted, string Pointer)> _changed = [];
    private readonly List<CurrentWindow> _gone = [];

    public void Plan(IReadOnlyList<ConfigWindow> windows)
    {
        var kept = new HashSet<Guid>();
        for (var i = 0; i < windows.Count; i++)
            if (Plan(windows[i], ConfigPlaces.Step("/maintenance", i)) is { } id && !kept.Add(id))
                context.Problems.Add(
                    ConfigPlaces.Step("/maintenance", i),
                    $"the window {windows[i].Name} stands here twice"
                );
        if (context.Prune)
            foreach (var gone in context.Current.Windows.Where(w => !w.IsOver && !kept.Contains(w.Id)))
            {
                _gone.Add(gone);
                context.Delete(Kind, gone.Window.Name, gone.Id, ConfigForms.Window(Form(gone.Window)));
            }
    }

    public async Task AppendAsync(JournalStreams streams, CancellationToken ct)
    {
        foreach (var (id, wanted, pointer) in _changed)
        {
            var (window, version) = await streams.ReadAsync(Journaled.Window, id, ct);
            var (name, ids, plan, reason) = wanted;
            var schedule = MaintenanceMapping.Read(plan);
            var decision = window.Exists
                ? window.Change(name, ids, schedule, reason)
                : Window.Plan(id, name, ids, schedule, reason, context.Now);
            if (context.Take(pointer, decision) is { Count: > 0 } events)
                context.Appends.Add(Journaled.Window.Append(id, events, version, context.Who));
        }
        foreach (var gone in _gone)
        {
            var (window, version) = await streams.ReadAsync(Journaled.Window, gone.Id, ct);
            if (context.Take("/maintenance", window.Delete()) is { Count: > 0 } events)
                context.Appends.Add(Journaled.Window.Append(gone.Id, events, version, context.Who));
        }
    }

    private Guid? Plan(ConfigWindow file, string pointer)
    {
        var ids = new List<Guid>();
        for (var i = 0; i < file.Nodes.Count; i++)
            if (Find(file.Nodes[i], ConfigPlaces.Step(pointer + "/nodes", i)) is { } id)
                ids.Add(id);
        var wanted = new MaintenanceRequest(file.Name, ids, file.Schedule, file.Reason);
        var verdict = validator.Validate(wanted);
        // Nodes that were not found are said already.
        var isWhole = ids.Count == file.Nodes.Count;
        foreach (var (at, messages) in Validation.Errors(verdict).Where(e => isWhole || e.Key != "/nodeIds"))
        foreach (var message in messages)
            context.Problems.Add(pointer + at.Replace("/nodeIds", "/nodes", StringComparison.Ordinal), message);
        return verdict.IsValid && isWhole ? Plan(file, wanted, pointer) : null;
    }

    private Guid? Plan(ConfigWindow file, MaintenanceRequest wanted, string pointer)
    {
        var schedule = MaintenanceMapping.Read(wanted.Schedule);
        if (schedule.Problem is { } problem)
        {
            context.Problems.Add(pointer + "/schedule", problem.Detail);
            return null;
        }
        var known = Known(file, pointer);
        if (known is null && schedule.FrameAt(context.Now) is null)
        {
            context.Notes.Add($"The maintenance window {file.Name} is over already, and is passed over.");
            return null;
        }
        var id = known?.Id ?? Guid.CreateVersion7();
        var before = known is null ? null : ConfigForms.Window(Form(known.Window));
        var after = ConfigForms.Window(
            Form(new(id, wanted.Name, new(wanted.NodeIds), schedule, wanted.Reason, null, true))
        );
        if (context.Compare(Kind, file.Name, id, before, after))
            _changed.Add((id, wanted, pointer));
        return id;
    }

    private CurrentWindow? Known(ConfigWindow file, string pointer)
    {
        if (file.Id is { } id)
            return context.Current.Windows.FirstOrDefault(w => w.Id == id);
        var named = context.Current.Windows.Where(w => w.Window.Name == file.Name).OrderBy(w => w.IsOver).ToList();
        if (named.Count(w => !w.IsOver) > 1)
            context.Problems.Add(
                pointer,
                $"several windows are called {file.Name}: give the id of the one that is meant"
            );
        return named.FirstOrDefault();
    }

    private Guid? Find(string text, string pointer) => nodes.Find(text, pointer);

    private ConfigWindow Form(Window window) =>
        new(
            window.Name,
            [.. window.NodeIds.Where(id => nodes.Node(id) is not null).Select(nodes.PathOf)],
            MaintenanceMapping.View(window.Schedule!),
            window.Reason
        );
}
