using Torch.Domain.Nodes;
using Torch.Domain.Notices;
using Torch.Domain.Tests.Evaluation;

namespace Torch.Domain.Tests.Notices;

/// <summary>A log, an evaluator, and a board that hears of both, with what it told.</summary>
internal sealed class NoticeWorld : INoticePlaces
{
    public static readonly Guid Channel = NameId.Of(Guid.Empty, "ops");
    public static readonly Guid Boss = NameId.Of(Guid.Empty, "boss");

    private readonly NoticeBoard _board = new();
    private readonly Dictionary<Guid, string> _names = [];
    private readonly Dictionary<Guid, List<Guid>> _parents = [];
    private int _log;
    private int _transitions;
    private int _marked;
    private long _position;
    private long _version;

    public World World { get; } = new();
    public List<NoticeRaised> Told { get; } = [];
    public HashSet<Guid> OutOfService { get; } = [];

    /// <summary>A rule that tells at once, unless settings say otherwise.</summary>
    public NoticeWorld Rule(Func<NoticeRuleSettings, NoticeRuleSettings>? with = null)
    {
        var plain = new NoticeRuleSettings(
            "all",
            Enabled: true,
            [],
            "critical",
            [Channel],
            TimeSpan.Zero,
            TimeSpan.Zero,
            []
        );
        var id = NameId.Of(Guid.Empty, "rule");
        _board.Fold(++_position, World.Now, new NoticeRuleCreated(id, with?.Invoke(plain) ?? plain));
        return this;
    }

    /// <summary>Does something in the world; decides afterwards.</summary>
    public NoticeWorld Do(Action<World> act)
    {
        act(World);
        Hear();
        Decide();
        return this;
    }

    /// <summary>Time passes.</summary>
    public NoticeWorld Wait(TimeSpan span)
    {
        // Step by step, as the host does.
        for (var step = 0; step < 10; step++)
        {
            World.Tick(span / 10);
            Hear();
            Decide();
        }
        return this;
    }

    /// <summary>What was told, in short: kind, cause, status.</summary>
    public IReadOnlyList<string> Words =>
        [.. Told.Select(n => $"{n.Kind} {string.Join(", ", n.Items.Select(i => $"{i.Name} {i.Status}"))}")];

    public IReadOnlySet<Guid> AndAbove(Guid nodeId)
    {
        var above = new HashSet<Guid>();
        var next = new Stack<Guid>([nodeId]);
        while (next.TryPop(out var id))
            if (above.Add(id))
                _parents.GetValueOrDefault(id)?.ForEach(next.Push);
        return above;
    }

    public bool IsInService(Guid nodeId, DateTimeOffset at) => !OutOfService.Contains(nodeId);

    public string NameOf(Guid nodeId) => _names.GetValueOrDefault(nodeId, "");

    public string? PathOf(Guid nodeId) => null;

    public void Decide()
    {
        foreach (var notice in _board.Decide(World.Now, _version, this))
        {
            Told.Add(notice);
            _version++;
            _board.Fold(++_position, World.Now, notice);
        }
    }

    private void Hear()
    {
        for (; _log < World.Log.Count; _log++)
            Fold(World.Log[_log].Event);
        for (; _marked < World.Marked.Count; _marked++)
            Fold(World.Marked[_marked]);
        for (; _transitions < World.Transitions.Count; _transitions++)
            Fold(World.Transitions[_transitions]);
    }

    private void Fold(IEvent @event)
    {
        if (@event is NodeCreated created)
            _names[created.NodeId] = created.Name;
        if (@event is ChildLinked linked)
            (_parents.TryGetValue(linked.ChildId, out var up) ? up : _parents[linked.ChildId] = []).Add(
                linked.ParentId
            );
        _board.Fold(++_position, World.Now, @event);
    }
}
