using Torch.Domain;
using Torch.Domain.Notices;

namespace Torch.Server.Notifying;

/// <summary>A notice on its way to one channel.</summary>
/// <param name="Attempts">How many have failed.</param>
/// <param name="DueAt">When it is tried next.</param>
internal sealed record Pending(NoticeRaised Notice, Guid ChannelId, int Attempts, DateTimeOffset DueAt)
{
    public (Guid Notice, Guid Channel) Key => (Notice.NoticeId, ChannelId);
}

/// <summary>What is to be sent, as the log says it. Not safe for several threads.</summary>
internal sealed class Outbox
{
    private readonly Dictionary<(Guid Notice, Guid Channel), Pending> _pending = [];
    private readonly Dictionary<Guid, Channel> _channels = [];
    private readonly Dictionary<Guid, string> _rules = [];
    private readonly HashSet<Guid> _busy = [];

    public int Waiting => _pending.Count;

    public void Fold(IEvent @event)
    {
        switch (@event)
        {
            case NoticeRaised e:
                foreach (var channel in e.Channels)
                    Add(new(e, channel, 0, e.At));
                break;
            case NoticeReplayed e:
                Add(new(e.Notice, e.ChannelId, 0, e.Notice.At));
                break;
            case NoticeDelivered e:
                _pending.Remove((e.NoticeId, e.ChannelId));
                break;
            case NoticeAttemptFailed e:
                Retry(e);
                break;
            case NoticeRuleCreated e:
                _rules[e.RuleId] = e.Settings.Name;
                break;
            case NoticeRuleChanged e:
                _rules[e.RuleId] = e.Settings.Name;
                break;
            default:
                if (ChannelOf(@event) is { } id)
                    _channels[id] = Channel.Evolve(_channels.GetValueOrDefault(id) ?? Channel.Initial, @event);
                break;
        }
    }

    /// <summary>What is due, one for each channel that has nothing in flight; the oldest first. Each is the caller's until <see cref="Free"/>.</summary>
    public IReadOnlyList<Pending> Take(DateTimeOffset now, int most)
    {
        var taken = _pending
            .Values.Where(p => p.DueAt <= now && !_busy.Contains(p.ChannelId))
            .OrderBy(p => p.DueAt)
            .ThenBy(p => p.Notice.At)
            .DistinctBy(p => p.ChannelId)
            .Take(most)
            .ToList();
        _busy.UnionWith(taken.Select(p => p.ChannelId));
        return taken;
    }

    public void Free(Guid channelId) => _busy.Remove(channelId);

    /// <summary>The channel as it is now; <see cref="Channel.Initial"/> where there is none.</summary>
    public Channel ChannelOf(Guid id) => _channels.GetValueOrDefault(id) ?? Channel.Initial;

    public string? RuleNameOf(Guid id) => _rules.GetValueOrDefault(id);

    private void Add(Pending pending) => _pending.TryAdd(pending.Key, pending);

    // What this process has written itself, it hears of twice.
    private void Retry(NoticeAttemptFailed e)
    {
        var key = (e.NoticeId, e.ChannelId);
        if (!_pending.TryGetValue(key, out var pending) || pending.Attempts >= e.Attempt)
            return;
        if (e.RetryAt is { } at)
            _pending[key] = pending with { Attempts = e.Attempt, DueAt = at };
        else
            _pending.Remove(key);
    }

    private static Guid? ChannelOf(IEvent @event) =>
        @event switch
        {
            ChannelCreated e => e.ChannelId,
            ChannelChanged e => e.ChannelId,
            ChannelSecretRotated e => e.ChannelId,
            ChannelDisabled e => e.ChannelId,
            ChannelDeleted e => e.ChannelId,
            _ => null,
        };
}
