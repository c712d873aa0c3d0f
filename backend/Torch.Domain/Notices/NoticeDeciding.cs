using System.Globalization;
using Torch.Domain.Incidents;
using Torch.Domain.Schedules;

namespace Torch.Domain.Notices;

public sealed partial class NoticeBoard
{
    /// <summary>Something that a rule would tell now.</summary>
    private sealed record Due(
        Incident Incident,
        NoticeKind Kind,
        string Severity,
        IReadOnlyList<Guid> Channels,
        int? Step = null
    );

    /// <summary>What is to be told now. Nothing of it counts as told until it comes back from the log by <see cref="Fold"/>.</summary>
    /// <param name="version">Of the stream of notices: ids follow from it.</param>
    public IReadOnlyList<NoticeRaised> Decide(DateTimeOffset now, long version, INoticePlaces places)
    {
        _book.Settle();
        TakeTouched(_position, now);
        var raised = new List<NoticeRaised>();
        foreach (var (id, rule) in _rules.OrderBy(r => r.Key))
            raised.AddRange(Decide(id, rule, now, version + raised.Count, places));
        return raised;
    }

    private List<NoticeRaised> Decide(
        Guid ruleId,
        Standing rule,
        DateTimeOffset now,
        long version,
        INoticePlaces places
    )
    {
        if (!rule.Settings.Recovery)
            ForgetEnds(ruleId);
        var due = DueOf(ruleId, rule, now, places);
        if (due.Count == 0)
        {
            rule.FlushAt = null;
            return [];
        }
        rule.FlushAt ??= now + rule.Settings.Gather;
        if (now < rule.FlushAt)
            return [];
        rule.FlushAt = null;
        return
        [
            .. due.GroupBy(d => string.Join(',', d.Channels))
                .SelectMany(g => Bundled([.. g]))
                .Select((bundle, i) => Raise(ruleId, bundle, now, version + i, places)),
        ];
    }

    // Where nobody wants to hear of an end, it is settled without a word.
    private void ForgetEnds(Guid ruleId)
    {
        foreach (var id in _ended.Keys)
            _told.Remove((ruleId, id));
        Tidy();
    }

    private static IEnumerable<List<Due>> Bundled(List<Due> due) =>
        due.Count > DigestAbove ? [due] : due.Select(d => new List<Due> { d });

    private List<Due> DueOf(Guid ruleId, Standing rule, DateTimeOffset now, INoticePlaces places)
    {
        var due = new List<Due>();
        foreach (var incident in _book.Open.Values)
            if (DueOf(ruleId, rule, incident, now, places) is { } one)
                due.Add(one);
        foreach (var incident in _ended.Values)
            if (EndOf(ruleId, rule, incident, now) is { } one)
                due.Add(one);
        return [.. due.OrderBy(d => d.Incident.Position).ThenBy(d => d.Incident.Id)];
    }

    private Due? DueOf(Guid ruleId, Standing rule, Incident incident, DateTimeOffset now, INoticePlaces places)
    {
        var told = _told.GetValueOrDefault((ruleId, incident.Id));
        if (told is null && !IsRipe(rule, incident, now))
            return null;
        if (incident.SuppressedBy.Count > 0 || incident.Acknowledged is not null || _book.IsFlapping(incident.CauseId))
            return null;
        if (SeverityFor(rule.Settings, incident, places) is not { } severity)
            return null;
        if (!places.IsInService(incident.CauseId, now) || IsQuiet(rule.Settings, severity, now))
            return null;
        return told is null ? new(incident, NoticeKind.Problem, severity, rule.Settings.Channels)
            : IsWorse(severity, told.Severity) ? new(incident, NoticeKind.Worse, severity, told.Channels)
            : EscalationOf(rule.Settings, incident, told, severity, now)
                ?? RepeatOf(rule.Settings, incident, told, severity, now);
    }

    private bool IsRipe(Standing rule, Incident incident, DateTimeOffset now) =>
        _opened.TryGetValue(incident.Id, out var opened)
        && opened.Position > rule.Since
        && now >= opened.At + rule.Settings.Delay;

    private static Due? EscalationOf(
        NoticeRuleSettings rule,
        Incident incident,
        Told told,
        string severity,
        DateTimeOffset now
    ) =>
        told.Steps < rule.Escalations.Count && now >= told.FirstAt + rule.Escalations[told.Steps].After
            ? new(incident, NoticeKind.Escalation, severity, rule.Escalations[told.Steps].Channels, told.Steps + 1)
            : null;

    private static Due? RepeatOf(
        NoticeRuleSettings rule,
        Incident incident,
        Told told,
        string severity,
        DateTimeOffset now
    ) => now >= told.LastAt + rule.Repeat ? new(incident, NoticeKind.Repeat, severity, told.Channels) : null;

    // While it flaps, nobody is told that it is well.
    private Due? EndOf(Guid ruleId, Standing rule, Incident incident, DateTimeOffset now)
    {
        if (!_told.TryGetValue((ruleId, incident.Id), out var told) || _book.IsFlapping(incident.CauseId))
            return null;
        return IsQuiet(rule.Settings, told.Severity, now)
            ? null
            : new(incident, NoticeKind.Recovery, told.Severity, told.Channels);
    }

    private bool IsWorse(string one, string other) => _book.Statuses.RankOf(one) > _book.Statuses.RankOf(other);

    // The worst status among the nodes that the rule is about and that this incident makes bad; null where it is none of its business.
    private string? SeverityFor(NoticeRuleSettings rule, Incident incident, INoticePlaces places)
    {
        string? worst = null;
        foreach (var (node, status) in Bad(incident))
            if ((worst is null || IsWorse(status, worst)) && IsIn(rule, node, places))
                worst = status;
        return worst is not null && SeverityOf(worst) >= SeverityOf(rule.AtLeast) ? worst : null;
    }

    private static IEnumerable<(Guid Node, string Status)> Bad(Incident incident) =>
        incident
            .Affected.Where(a => a is { Until: null, Before: false })
            .Select(a => (a.NodeId, a.Status))
            .Prepend((incident.CauseId, incident.Status));

    private static bool IsIn(NoticeRuleSettings rule, Guid node, INoticePlaces places) =>
        rule.NodeIds.Count == 0 || places.AndAbove(node).Overlaps(rule.NodeIds);

    private int SeverityOf(string status) => _book.Statuses.Find(status)?.Severity ?? 0;

    private bool IsQuiet(NoticeRuleSettings rule, string severity, DateTimeOffset now) =>
        rule.Quiet is { } quiet
        && !(quiet.Except is { } except && SeverityOf(severity) >= SeverityOf(except))
        && Schedule.TryParse(quiet.Schedule, out var schedule)
        && schedule.Contains(now, TimeZones.Find(quiet.TimeZone));

    private NoticeRaised Raise(Guid ruleId, List<Due> bundle, DateTimeOffset now, long version, INoticePlaces places)
    {
        var worstFirst = bundle.OrderByDescending(d => _book.Statuses.RankOf(d.Severity)).ToList();
        return new(
            NameId.Of(ruleId, string.Create(CultureInfo.InvariantCulture, $"notice {version}")),
            ruleId,
            bundle.Count == 1 ? bundle[0].Kind : NoticeKind.Digest,
            now,
            bundle[0].Channels,
            [.. worstFirst.Take(MostItems).Select(d => Item(d, places))],
            bundle.Count > MostItems
                ? [.. worstFirst.Skip(MostItems).Select(d => new ToldIncident(d.Incident.Id, d.Kind, d.Severity))]
                : null,
            bundle.Max(d => d.Step)
        );
    }

    private static NoticeItem Item(Due due, INoticePlaces places)
    {
        var incident = due.Incident;
        var affected = incident.Affected.Where(a => a is { Until: null, Before: false }).ToList();
        return new(
            incident.Id,
            due.Kind,
            incident.CauseId,
            places.NameOf(incident.CauseId),
            incident.Status,
            due.Severity,
            incident.Since,
            places.PathOf(incident.CauseId),
            incident.EndSentence ?? incident.Sentence,
            [.. affected.Take(5).Select(a => places.NameOf(a.NodeId)).Where(name => name.Length > 0)],
            affected.Count,
            incident.EndedAt
        );
    }
}
