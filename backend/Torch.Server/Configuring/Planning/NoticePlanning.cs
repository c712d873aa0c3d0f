using System.Text.Json.Nodes;
using FluentValidation;
using Torch.Contracts;
using Torch.Domain.Notices;
using Torch.Domain.Statuses;
using Torch.Server.Configuring.Reading;
using Torch.Server.Configuring.Text;
using Torch.Server.Features;
using Torch.Server.Features.Notices;
using Torch.Server.Http;

namespace Torch.Server.Configuring.Planning;

/// <summary>Notice rules: found by their id, or by their name.</summary>
internal sealed class NoticePlanning(
    PlanContext context,
    NodePlanning nodes,
    ChannelPlanning channels,
    StatusCatalog statuses,
    IValidator<NoticeRuleRequest> validator
)
{
    private const string Kind = "notice";

    private readonly List<(Guid Id, NoticeRuleSettings Wanted, string Pointer)> _changed = [];
    private readonly List<CurrentNotice> _gone = [];

    public void Plan(IReadOnlyList<ConfigNotice> rules)
    {
        var kept = new HashSet<Guid>();
        for (var i = 0; i < rules.Count; i++)
            if (Plan(rules[i], ConfigPlaces.Step("/notices", i)) is { } id && !kept.Add(id))
                context.Problems.Add(ConfigPlaces.Step("/notices", i), $"the rule {rules[i].Name} stands here twice");
        if (context.Prune)
            foreach (var gone in context.Current.Notices.Where(r => !kept.Contains(r.Id)))
            {
                _gone.Add(gone);
                context.Delete(Kind, gone.Settings.Name, gone.Id, Form(gone.Settings));
            }
    }

    public async Task AppendAsync(JournalStreams streams, CancellationToken ct)
    {
        foreach (var (id, wanted, pointer) in _changed)
        {
            var (rule, version) = await streams.ReadAsync(Journaled.NoticeRule, id, ct);
            var decision = rule.Exists ? rule.Change(wanted, statuses) : NoticeRule.Create(id, wanted, statuses);
            if (context.Take(pointer, decision) is { Count: > 0 } events)
                context.Appends.Add(Journaled.NoticeRule.Append(id, events, version, context.Who));
        }
        foreach (var gone in _gone)
        {
            var (rule, version) = await streams.ReadAsync(Journaled.NoticeRule, gone.Id, ct);
            if (context.Take("/notices", rule.Delete()) is { Count: > 0 } events)
                context.Appends.Add(Journaled.NoticeRule.Append(gone.Id, events, version, context.Who));
        }
    }

    private Guid? Plan(ConfigNotice file, string pointer)
    {
        if (Request(file, pointer) is not { } request)
            return null;
        var verdict = validator.Validate(request);
        foreach (var (at, messages) in Validation.Errors(verdict))
        foreach (var message in messages)
            context.Problems.Add(pointer + at, message);
        if (!verdict.IsValid)
            return null;
        var wanted = NoticeRuleMapping.Settings(request);
        var known = Known(file, pointer);
        var id = known?.Id ?? file.Id ?? Guid.CreateVersion7();
        if (context.Compare(Kind, file.Name, id, known is null ? null : Form(known.Settings), Form(wanted)))
            _changed.Add((id, wanted, pointer));
        return id;
    }

    private CurrentNotice? Known(ConfigNotice file, string pointer)
    {
        var found = context
            .Current.Notices.Where(r => file.Id is { } id ? r.Id == id : r.Settings.Name == file.Name)
            .ToList();
        if (found.Count > 1)
            context.Problems.Add(
                pointer,
                $"{found.Count} notice rules are called {file.Name}: give the id of the one that is meant"
            );
        return found.FirstOrDefault();
    }

    /// <summary>With ids in the place of names; null where one of them means nothing.</summary>
    private NoticeRuleRequest? Request(ConfigNotice file, string pointer)
    {
        var isWhole = true;
        var told = All(file.Channels, channels.Find, pointer + "/channels");
        var about = All(file.Nodes ?? [], nodes.Find, pointer + "/nodes");
        var escalations = (file.Escalations ?? [])
            .Select(
                (e, i) =>
                    new Contracts.Escalation(
                        e.After,
                        All(e.Channels, channels.Find, ConfigPlaces.Step(pointer + "/escalations", i) + "/channels")
                    )
            )
            .ToList();
        return isWhole
            ? new(
                file.Name,
                told,
                file.Enabled,
                about,
                file.AtLeast,
                file.Delay,
                file.Gather,
                escalations,
                file.Repeat,
                file.Recovery,
                file.Quiet
            )
            : null;

        List<Guid> All(IReadOnlyList<string> names, Func<string, string, Guid?> find, string at)
        {
            var found = names.Select((name, i) => find(name, ConfigPlaces.Step(at, i))).ToList();
            isWhole &= found.TrueForAll(id => id is not null);
            return [.. found.OfType<Guid>()];
        }
    }

    private JsonObject Form(NoticeRuleSettings settings) =>
        ConfigForms.Notice(settings, channels.NameOf, nodes.PathOf, null);
}
