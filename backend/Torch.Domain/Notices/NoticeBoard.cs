using Torch.Domain.Incidents;

namespace Torch.Domain.Notices;

/// <summary>What a decision needs to know of the tree.</summary>
public interface INoticePlaces
{
    /// <summary>The node and all nodes above it.</summary>
    IReadOnlySet<Guid> AndAbove(Guid nodeId);

    /// <summary>Whether it is meant to be there at a moment, by its service period.</summary>
    bool IsInService(Guid nodeId, DateTimeOffset at);

    /// <summary>Empty for one that is gone.</summary>
    string NameOf(Guid nodeId);

    /// <summary>From a root to above the node; null for a root.</summary>
    string? PathOf(Guid nodeId);
}

/// <summary>
/// Decides what is to be told. It compares what was told with what holds now, so nothing is lost by being late: what a mask held back is
/// told when the mask goes, if it still holds. What was told it learns from the log alone. Not safe for several threads.
/// </summary>
public sealed partial class NoticeBoard
{
    /// <summary>More than this at one time is one digest.</summary>
    public const int DigestAbove = 5;

    /// <summary>How many incidents a digest tells in words.</summary>
    public const int MostItems = 50;

    private readonly IncidentBook _book = new();
    private readonly Dictionary<Guid, Standing> _rules = [];
    private readonly Dictionary<(Guid Rule, Guid Incident), Told> _told = [];
    private readonly Dictionary<Guid, Incident> _ended = [];
    private readonly Dictionary<Guid, (long Position, DateTimeOffset At)> _opened = [];
    private long _position;

    /// <summary>A rule that is in force, since when, and when it tells next.</summary>
    private sealed class Standing(NoticeRuleSettings settings, long since)
    {
        public NoticeRuleSettings Settings { get; set; } = settings;
        public long Since { get; set; } = since;
        public DateTimeOffset? FlushAt { get; set; }
    }

    /// <summary>What a rule has told of an incident.</summary>
    /// <param name="FirstAt">When the problem was told.</param>
    /// <param name="LastAt">When anything was.</param>
    /// <param name="Severity">The status that was told.</param>
    /// <param name="Steps">How many escalations were.</param>
    /// <param name="Channels">Whom.</param>
    private sealed record Told(
        DateTimeOffset FirstAt,
        DateTimeOffset LastAt,
        string Severity,
        int Steps,
        IReadOnlyList<Guid> Channels
    );

    /// <summary>Whether time alone may bring something about.</summary>
    public bool IsWaiting => _rules.Count > 0 && (_book.Open.Count > 0 || _ended.Count > 0);

    /// <summary>How many incidents are open.</summary>
    public int OpenIncidents => _book.Open.Count;

    /// <summary>Takes one event of the log.</summary>
    /// <param name="timestamp">When the log took it.</param>
    public void Fold(long position, DateTimeOffset timestamp, IEvent @event)
    {
        _position = position;
        switch (@event)
        {
            case NoticeRuleCreated e:
                Put(e.RuleId, e.Settings, position);
                break;
            case NoticeRuleChanged e:
                Put(e.RuleId, e.Settings, position);
                break;
            case NoticeRuleDeleted e:
                Forget(e.RuleId);
                break;
            case NoticeRaised e:
                Note(e);
                break;
            default:
                _book.Fold(position, @event);
                TakeTouched(position, timestamp);
                break;
        }
    }

    // A rule tells what begins while it is in force, not what was there before.
    private void Put(Guid id, NoticeRuleSettings settings, long position)
    {
        if (!settings.Enabled)
            Forget(id);
        else if (_rules.TryGetValue(id, out var standing))
            standing.Settings = settings;
        else
            _rules.Add(id, new(settings, position));
    }

    private void Forget(Guid ruleId)
    {
        _rules.Remove(ruleId);
        foreach (var key in _told.Keys.Where(k => k.Rule == ruleId).ToList())
            _told.Remove(key);
        Tidy();
    }

    private void TakeTouched(long position, DateTimeOffset timestamp)
    {
        foreach (var incident in _book.TakeTouched())
            if (incident.IsOpen)
                _opened.TryAdd(incident.Id, (position, timestamp));
            else if (_rules.Keys.Any(r => _told.ContainsKey((r, incident.Id))))
                _ended[incident.Id] = incident;
            else
                _opened.Remove(incident.Id);
    }

    private void Note(NoticeRaised e)
    {
        var told = e
            .Items.Select(i => new ToldIncident(i.IncidentId, i.Kind, i.Severity))
            .Concat(e.Rest ?? [])
            .Distinct();
        foreach (var one in told)
            Note(e, one);
        Tidy();
    }

    private void Note(NoticeRaised e, ToldIncident one)
    {
        var key = (e.RuleId, one.IncidentId);
        if (one.Kind == NoticeKind.Recovery)
        {
            _told.Remove(key);
            return;
        }
        var before = _told.GetValueOrDefault(key);
        _told[key] = new(
            before?.FirstAt ?? e.At,
            e.At,
            one.Severity,
            one.Kind == NoticeKind.Escalation ? Math.Max(before?.Steps ?? 0, e.Escalation ?? 0) : before?.Steps ?? 0,
            [.. (before?.Channels ?? []).Union(e.Channels)]
        );
    }

    // An incident that is over is kept as long as somebody has to hear of it.
    private void Tidy()
    {
        foreach (var id in _ended.Keys.Where(id => !_rules.Keys.Any(r => _told.ContainsKey((r, id)))).ToList())
        {
            _ended.Remove(id);
            _opened.Remove(id);
        }
    }
}
