using Torch.Contracts;

namespace Torch.Server.Agents;

/// <summary>
/// The agents that are there, in this server's memory. Open while this server hands out work: from when it leads until another server
/// does. A database that is away changes nothing: agents go on with what they have.
/// </summary>
internal sealed class LiveAgents(TimeProvider time)
{
    private sealed class Local(Member member)
    {
        public Member Member => member;
        public int Listeners { get; set; }
        public bool IsRecorded { get; set; }
    }

    private readonly Lock _lock = new();
    private readonly long _origin = time.GetTimestamp();
    private readonly Spreading _spreading = new(time.GetUtcNow().UtcTicks);
    private readonly Dictionary<Guid, Local> _locals = [];
    private readonly Dictionary<Guid, Func<AgentHeartbeat>> _asked = [];
    private bool _isOpen;

    private TimeSpan Now => time.GetElapsedTime(_origin);

    /// <summary>Whether this server hands out work.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
                return _isOpen;
        }
    }

    /// <summary>Names of live agents.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_lock)
                return [.. _spreading.Members.Select(m => m.Name).Distinct().Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Begins to hand out work.</summary>
    /// <param name="known">Agents that were there when a server last looked: they have as long as a silence to come back.</param>
    public void Open(IReadOnlyList<PlacedCheck> checks, IReadOnlyList<Member> known)
    {
        lock (_lock)
        {
            _spreading.Take(checks, Now);
            _spreading.Restore(known, Now);
            foreach (var local in _locals.Values)
                _spreading.Join(local.Member, Now);
            _isOpen = true;
        }
    }

    /// <summary>Another server hands out work.</summary>
    public void Close()
    {
        lock (_lock)
        {
            if (!_isOpen)
                return;
            _isOpen = false;
            _spreading.Clear();
            foreach (var local in _locals.Values)
                local.IsRecorded = false;
        }
    }

    public void Take(IReadOnlyList<PlacedCheck> checks)
    {
        lock (_lock)
            _spreading.Take(checks, Now);
    }

    public void Join(Member member)
    {
        lock (_lock)
            _spreading.Join(member, Now);
    }

    public void Leave(Guid id)
    {
        lock (_lock)
            _spreading.Leave(id, Now);
    }

    /// <summary>Somebody gave it another name or location.</summary>
    public void Change(Guid id, string name, string location)
    {
        lock (_lock)
            if (_spreading.Find(id) is { } member)
            {
                member.Name = name;
                if (member.Location != location)
                    _spreading.Move(member, location, Now);
            }
    }

    public Member? Find(Guid id)
    {
        lock (_lock)
            return _spreading.Find(id);
    }

    /// <summary>It was heard. Where it says how it does, that is kept.</summary>
    /// <returns>How long it may go on without being heard; null for ever.</returns>
    public TimeSpan? Renew(Member member, AgentHeartbeat? status = null)
    {
        lock (_lock)
        {
            member.Status = status ?? member.Status;
            return _spreading.Renew(member, Now);
        }
    }

    /// <summary>Lets what was held back go where it belongs, and answers who has been silent for too long.</summary>
    public IReadOnlyList<Member> Look()
    {
        lock (_lock)
        {
            _spreading.Free(Now);
            return _spreading.Silent(Now);
        }
    }

    /// <summary>When it was last heard, by the clock on the wall.</summary>
    public DateTimeOffset SeenAt(Member member)
    {
        lock (_lock)
            return time.GetUtcNow() - (Now - member.SeenAt);
    }

    /// <summary>The list of checks as soon as it is another one than the agent has; null where it was the same for as long as it was waited for.</summary>
    /// <param name="version">Of the list that it has put to work; 0 for none.</param>
    public async Task<AgentChecks?> NextChecksAsync(
        Member member,
        long version,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        Task changed;
        lock (_lock)
        {
            // To ask is to be heard: the agent counts its lease from then too.
            _spreading.Renew(member, Now);
            _spreading.Confirm(member, version, Now);
            if (member.Version != version)
                return Send(member);
            changed = member.Changed.Task;
        }
        await changed
            .WaitAsync(patience, time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return member.Version == version ? null : Send(member);
    }

    /// <summary>The checks that an agent runs now; none where it is not there.</summary>
    public Guid[] ChecksOf(Guid id)
    {
        lock (_lock)
            return _spreading.Find(id) is { } member ? [.. member.List.Select(c => c.CheckId)] : [];
    }

    /// <summary>The agents that could run a check now, best first.</summary>
    public IReadOnlyList<Member> Candidates(Guid check, CheckKind kind, IReadOnlyList<string> locations)
    {
        lock (_lock)
            return _spreading.Candidates(check, kind, locations);
    }

    /// <summary>Those of the checks that no live agent serves in some of their locations, and which those are.</summary>
    public IReadOnlyList<(PlacedCheck Check, IReadOnlyList<string> Dark)> Unwatched(IReadOnlyList<PlacedCheck> checks)
    {
        lock (_lock)
            return [.. checks.Select(c => (c, _spreading.Dark(c))).Where(c => c.Item2.Count > 0)];
    }

    /// <summary>An agent as the read tables have it, with what is known here.</summary>
    public AgentView Complete(AgentView view)
    {
        lock (_lock)
        {
            if (_spreading.Find(view.Id) is not { } member)
                return view;
            var status = StatusOf(view.Id, member);
            return view with
            {
                State = AgentState.Live,
                LastSeenAt = member.IsLocal ? time.GetUtcNow() : time.GetUtcNow() - (Now - member.SeenAt),
                Checks = member.List.Count,
                Spool = status?.Spool,
                Lateness = status?.Lateness,
                Warnings = status?.Warnings ?? [],
            };
        }
    }

    /// <summary>How the agents that are there do together; nulls where none has said.</summary>
    public (int Live, long? Waiting, double? LateP99Ms) Summary()
    {
        lock (_lock)
        {
            var told = _spreading.Members.Select(m => StatusOf(m.Id, m)).OfType<AgentHeartbeat>().ToList();
            var waiting = told.Select(s => s.Spool?.Waiting).OfType<long>().ToList();
            return (
                _spreading.Members.Count(),
                waiting.Count > 0 ? waiting.Sum() : null,
                told.Max(s => s.Lateness?.P99Ms)
            );
        }
    }

    /// <summary>Some agent that is there cannot write its spool.</summary>
    public bool HasSpoolFault
    {
        get
        {
            lock (_lock)
                return _spreading.Members.Any(m => StatusOf(m.Id, m)?.Spool?.Fault is not null);
        }
    }

    private AgentHeartbeat? StatusOf(Guid id, Member member) => _asked.GetValueOrDefault(id)?.Invoke() ?? member.Status;

    /// <summary>The agent in this process listens; it is there until it was detached as often.</summary>
    public Member Attach(Guid id, string name)
    {
        lock (_lock)
        {
            if (!_locals.TryGetValue(id, out var local))
            {
                _locals.Add(id, local = new(new Member(id, name, Domain.Agents.Locations.Default, 0, isLocal: true)));
                if (_isOpen)
                    _spreading.Join(local.Member, Now);
            }
            local.Listeners++;
            return local.Member;
        }
    }

    public void Detach(Guid id)
    {
        lock (_lock)
        {
            if (!_locals.TryGetValue(id, out var local) || --local.Listeners > 0)
                return;
            _locals.Remove(id);
            _spreading.Leave(id, Now);
        }
    }

    /// <summary>Where to ask how a local agent does.</summary>
    public void Ask(Guid id, Func<AgentHeartbeat>? status)
    {
        lock (_lock)
            if (status is null)
                _asked.Remove(id);
            else
                _asked[id] = status;
    }

    /// <summary>Local agents whose coming the journal does not hold yet.</summary>
    public IReadOnlyList<Member> Unrecorded()
    {
        lock (_lock)
            return [.. _locals.Values.Where(l => !l.IsRecorded).Select(l => l.Member)];
    }

    public void Recorded(Guid id)
    {
        lock (_lock)
            if (_locals.TryGetValue(id, out var local))
                local.IsRecorded = true;
    }

    private static AgentChecks Send(Member member)
    {
        Spreading.Sent(member);
        return new(member.Version, member.Epoch, member.IsLeased ? Spreading.Lease : null, member.List);
    }
}
