using Torch.Contracts;
using Torch.Domain.Agents;

namespace Torch.Server.Agents;

/// <summary>
/// Which live agent runs which check. A check goes to its holder only when nobody else of that location may still be running it: the
/// one before has confirmed a list without it, or its lease is over. Holds no clock and no lock; times are from one origin, and never
/// go back.
/// </summary>
/// <param name="firstVersion">Lists are numbered from here: higher than any number that an earlier server gave.</param>
internal sealed class Spreading(long firstVersion)
{
    /// <summary>How long an agent that shares its location goes on without the server.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>The silence after which an agent is away. Longer than a lease: what moves then is free. Others have its checks within 20 s of its death.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(18);

    private readonly Dictionary<Guid, Member> _members = [];
    private IReadOnlyList<PlacedCheck> _checks = [];
    private long _version = firstVersion;
    private bool _isPending;

    public IReadOnlyCollection<Member> Members => _members.Values;

    public Member? Find(Guid id) => _members.GetValueOrDefault(id);

    /// <summary>An agent came, or came again: whatever it held before, it holds no longer, for its session before is fenced.</summary>
    public void Join(Member member, TimeSpan now)
    {
        if (_members.TryGetValue(member.Id, out var before))
            Wake(before);
        member.SeenAt = now;
        _members[member.Id] = member;
        Spread(now);
    }

    public void Leave(Guid id, TimeSpan now)
    {
        if (!_members.Remove(id, out var member))
            return;
        Wake(member);
        Spread(now);
    }

    public void Move(Member member, string location, TimeSpan now)
    {
        member.Location = location;
        Spread(now);
    }

    public void Take(IReadOnlyList<PlacedCheck> checks, TimeSpan now)
    {
        _checks = checks;
        Spread(now);
    }

    /// <summary>Agents that an earlier server knew: each may be running what it would be given now.</summary>
    public void Restore(IReadOnlyList<Member> members, TimeSpan now)
    {
        foreach (var member in members)
        {
            member.SeenAt = now;
            _members[member.Id] = member;
        }
        Spread(now);
        foreach (var member in members)
            Sent(member);
    }

    /// <summary>Forgets everybody: another server hands out work.</summary>
    public void Clear()
    {
        foreach (var member in _members.Values)
        {
            (member.List, member.Holding, member.Version) = ([], [], ++_version);
            Wake(member);
        }
        _members.Clear();
    }

    /// <summary>The agent was heard, and may go on for a lease from now.</summary>
    /// <returns>The lease; null where it needs none.</returns>
    public TimeSpan? Renew(Member member, TimeSpan now)
    {
        member.SeenAt = now;
        if (!member.IsLeased)
            return null;
        // Until it has confirmed the list that came with a lease, it knows of none.
        if (member.LeaseUntil != TimeSpan.MaxValue)
            member.LeaseUntil = now + Lease;
        return Lease;
    }

    /// <summary>The agent has put this list to work.</summary>
    public void Confirm(Member member, long version, TimeSpan now)
    {
        member.SeenAt = now;
        if (version != member.Version)
            return;
        member.Holding = [.. member.List.Select(c => c.CheckId)];
        if (!member.IsLeased)
            member.LeaseUntil = TimeSpan.MaxValue;
        else if (member.LeaseUntil == TimeSpan.MaxValue)
            member.LeaseUntil = now + Lease;
        if (_isPending)
            Spread(now);
    }

    /// <summary>The list is on its way to the agent.</summary>
    public static void Sent(Member member)
    {
        foreach (var check in member.List)
            member.Holding.Add(check.CheckId);
    }

    /// <summary>Agents that have been silent for too long. Local ones are never.</summary>
    public IReadOnlyList<Member> Silent(TimeSpan now) =>
        [.. _members.Values.Where(m => !m.IsLocal && now - m.SeenAt > Silence)];

    /// <summary>Looks whether what was held back is free by now.</summary>
    public void Free(TimeSpan now)
    {
        if (_isPending)
            Spread(now);
    }

    /// <summary>Who could run a check now, its holders first.</summary>
    public IReadOnlyList<Member> Candidates(Guid check, CheckKind kind, IReadOnlyList<string> locations) =>
        [
            .. _members
                .Values.Where(m => locations.Contains(m.Location, StringComparer.Ordinal) && Can(m, kind))
                .OrderByDescending(m => m.Holding.Contains(check))
                .ThenBy(m => m.Id),
        ];

    /// <summary>Those of a check's locations in which no live agent serves it.</summary>
    public IReadOnlyList<string> Dark(PlacedCheck check) =>
        [.. check.Locations.Where(l => !_members.Values.Any(m => m.Location == l && Can(m, check.Check.Kind)))];

    private static bool Can(Member member, CheckKind kind) => member.Kinds?.Contains(kind) != false;

    private void Spread(TimeSpan now)
    {
        _isPending = false;
        foreach (var member in _members.Values.Where(m => m.LeaseUntil < now))
            member.Holding = [];
        var byLocation = _members.Values.ToLookup(m => m.Location, StringComparer.Ordinal);
        var lists = _members.Values.ToDictionary(m => m.Id, _ => new List<ScheduledCheck>());
        foreach (var check in _checks)
        foreach (var location in check.Locations)
            Give(check, location, [.. byLocation[location].Where(m => Can(m, check.Check.Kind))], lists);
        foreach (var member in _members.Values)
            Publish(member, lists[member.Id], byLocation[member.Location].Count() > 1 && !member.IsLocal);
    }

    private void Give(PlacedCheck placed, string location, Member[] able, Dictionary<Guid, List<ScheduledCheck>> lists)
    {
        var check = placed.Check;
        if (Rendezvous.Holder(check.CheckId, able.Select(m => m.Id)) is not { } holder)
            return;
        if (_members.Values.Any(m => m.Id != holder && Blocks(m, placed, location)))
            _isPending = true;
        else
            lists[holder].Add(check);
    }

    // Also one that has just gone elsewhere, until it has confirmed a list of that place.
    private static bool Blocks(Member member, PlacedCheck check, string location) =>
        member.Holding.Contains(check.Check.CheckId)
        && (member.Location == location || !check.Locations.Contains(member.Location, StringComparer.Ordinal));

    private void Publish(Member member, List<ScheduledCheck> list, bool isLeased)
    {
        if (
            member.Version != 0
            && member.IsLeased == isLeased
            && member.List.Select(c => (c.CheckId, c.Version)).SequenceEqual(list.Select(c => (c.CheckId, c.Version)))
        )
            return;
        (member.List, member.IsLeased, member.Version) = (list, isLeased, ++_version);
        Wake(member);
    }

    private static void Wake(Member member)
    {
        var changed = member.Changed;
        member.Changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }
}
