using Torch.Domain.Rules;
using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

/// <summary>A rule with its streak and its timer.</summary>
internal sealed class CompiledRule(Rule rule, CompiledCondition condition, int then)
{
    private int _streak;
    private DateTimeOffset? _since;

    public Rule Rule => rule;
    public CompiledCondition Condition => condition;
    public int Then => then;

    /// <summary>Whether it must be asked every time, because it counts or times.</summary>
    public bool Remembers => rule.Attempts > 1 || rule.For > TimeSpan.Zero;

    /// <summary>When it began to count, once it does.</summary>
    public DateTimeOffset CountsSince { get; private set; }

    public void Observe(NodeState node, DateTimeOffset now)
    {
        condition.Observe(node, now);
        if (rule.Attempts > 1)
            _streak = condition.Test(node, now) == true ? Math.Min(_streak + 1, rule.Attempts) : 0;
    }

    /// <summary>Whether it counts now.</summary>
    /// <param name="due">Lowered to the moment at which its duration is over.</param>
    public bool Matches(NodeState node, DateTimeOffset now, DateTimeOffset at, ref long due)
    {
        var holds = condition.Test(node, now) == true && (rule.Attempts <= 1 || _streak >= rule.Attempts);
        if (!holds)
        {
            _since = null;
            return false;
        }
        _since ??= at;
        CountsSince = _since.Value + (rule.For ?? TimeSpan.Zero);
        if (CountsSince <= now)
            return true;
        due = Math.Min(due, CountsSince.UtcTicks);
        return false;
    }

    /// <summary>Whether it has held as often and as long as it asks. Changes nothing.</summary>
    public bool Counts(DateTimeOffset now) =>
        (rule.Attempts <= 1 || _streak >= rule.Attempts) && _since is not null && CountsSince <= now;

    /// <summary>What it has counted and timed.</summary>
    public (int Streak, DateTimeOffset? Since) Memory
    {
        get => (_streak, _since);
        set
        {
            (_streak, _since) = value;
            if (_since is { } since)
                CountsSince = since + (rule.For ?? TimeSpan.Zero);
        }
    }

    /// <summary>Its condition no longer holds without interruption.</summary>
    public void Interrupt() => _since = null;
}

/// <summary>A node's rules, ready to be asked.</summary>
internal sealed class CompiledRules
{
    private readonly List<CompiledClause> _clauses = [];
    private readonly List<HeldCondition> _held = [];

    public CompiledRules(RuleSet rules, StatusCatalog statuses)
    {
        Set = rules;
        RollUps = new(rules.RollUp, statuses);
        Rules =
        [
            .. rules.Rules.Select(r => new CompiledRule(r, Compile(r.When, statuses), RankOrUnknown(r.Then, statuses))),
        ];
        Counting = [.. _clauses.OfType<CountingClause>()];
        Named = [.. _clauses.OfType<NamedClause>()];
        Timed = [.. _clauses.Where(c => c.ChangesByItself)];
        AskAll = rules.Match == MatchPolicy.Worst || Array.Exists(Rules, r => r.Remembers);
    }

    public RuleSet Set { get; }
    public RollUps RollUps { get; }
    public CompiledRule[] Rules { get; }
    public CountingClause[] Counting { get; }
    public NamedClause[] Named { get; }

    /// <summary>Whether a clause speaks of somebody of that name.</summary>
    public bool Means(string name) => Array.Exists(Named, c => c.Means(name));

    /// <summary>Clauses that time alone may change.</summary>
    public CompiledClause[] Timed { get; }

    /// <summary>Observations that its clauses look back at; null where none does.</summary>
    public Samples? Samples { get; private set; }

    /// <summary>Whether rules after the first match must be asked too.</summary>
    public bool AskAll { get; }

    /// <summary>What its rules have counted and timed, and whom its clauses mean.</summary>
    /// <param name="indexOf">Null leaves out whom they mean, and the samples, which late observations reach by themselves.</param>
    public SavedMemory Save(Func<NodeState, int>? indexOf) =>
        new(
            [.. Rules.Select(r => r.Memory.Streak)],
            [.. Rules.Select(r => r.Memory.Since)],
            [.. _held.Select(h => h.Streak)],
            indexOf is null ? [] : [.. Named.Select(c => c.Targets.ConvertAll(n => indexOf(n)))],
            indexOf is null ? null : Samples?.Save()
        );

    /// <summary>Starts over: counts, durations and samples.</summary>
    public void Begin(CheckState? check, DateTimeOffset now)
    {
        foreach (var rule in Rules)
            rule.Memory = (0, null);
        foreach (var held in _held)
            held.Streak = 0;
        Samples?.Begin(now, check?.Last, check?.LastAt ?? now);
    }

    /// <summary>The same, back. Counts of children come with the edges.</summary>
    public void Restore(SavedMemory memory, Func<int, NodeState> nodeAt)
    {
        Remember(memory);
        if (memory.Samples is { } samples)
            Samples?.Restore(samples);
        for (var i = 0; i < Named.Length; i++)
            Named[i].Targets.AddRange(memory.Targets[i].Select(nodeAt));
    }

    /// <summary>The same where there are other statuses, with all that they remember. Counts of children come with the edges.</summary>
    public CompiledRules Among(StatusCatalog statuses)
    {
        var (moved, meant) = (new CompiledRules(Set, statuses), new List<NodeState>());
        var memory = Save(node =>
        {
            meant.Add(node);
            return meant.Count - 1;
        });
        moved.Restore(memory, i => meant[i]);
        return moved;
    }

    /// <summary>Whether it is the memory of rules like these.</summary>
    public bool Fits(SavedMemory memory) => memory.Streaks.Count == Rules.Length && memory.Held.Count == _held.Count;

    /// <summary>What they had counted and timed; whom they mean stays.</summary>
    public void Remember(SavedMemory memory)
    {
        for (var i = 0; i < Rules.Length; i++)
            Rules[i].Memory = (memory.Streaks[i], memory.Since[i]);
        for (var i = 0; i < _held.Count; i++)
            _held[i].Streak = memory.Held[i];
    }

    private CompiledCondition Compile(Condition condition, StatusCatalog statuses) =>
        condition switch
        {
            And and => new ManyCondition([.. and.Terms.Select(t => Compile(t, statuses))], settledBy: false),
            Or or => new ManyCondition([.. or.Terms.Select(t => Compile(t, statuses))], settledBy: true),
            Not not => new NotCondition(not, Compile(not.Term, statuses)),
            HeldFor held => Keep(new HeldCondition(Compile(held.Term, statuses), held.Checks)),
            Children c => Keep(new CountingClause(c, (c.Chosen, c.Test), statuses, [.. Picked()])),
            Aggregate c => Keep(new CountingClause(c, (c.Chosen, c.Test), statuses, [.. Picked()])),
            NamedChild c => Keep(new NamedClause(c, statuses)),
            StatisticIs c => Keep(new StatisticClause(c, c.Of, Samples ??= new())),
            StatisticIn c => Keep(new StatisticClause(c, c.Of, Samples ??= new())),
            FailedOfLast c => Keep(CountOfLastClause.Of(c, Samples ??= new(), o => Failed(o, statuses))),
            MatchedOfLast c => Keep(CountOfLastClause.Of(c, Samples ??= new())),
            HourIn c => Keep(new ScheduleClause(c, c.Schedule, c.Negated, Set.TimeZone)),
            DayIn c => Keep(new ScheduleClause(c, c.Schedule, c.Negated, Set.TimeZone)),
            During c => Keep(new ScheduleClause(c, c.Schedule, negated: false, Set.TimeZone)),
            NumberIs { Field.Name: "age" } or NumberIn { Field.Name: "age" } => Keep(new AgeClause(condition)),
            _ => Keep(new ObservationClause(condition)),
        };

    // By the clauses so far.
    private IEnumerable<Func<NodeState, bool>> Picked()
    {
        foreach (var clause in _clauses)
            if (clause is CountingClause { Picked: { } picked })
                yield return picked;
            else if (clause is NamedClause named)
                yield return named.Picks;
    }

    private CompiledClause Keep(CompiledClause clause)
    {
        _clauses.Add(clause);
        return clause;
    }

    private HeldCondition Keep(HeldCondition condition)
    {
        _held.Add(condition);
        return condition;
    }

    private static bool Failed(IEvent observation, StatusCatalog statuses) =>
        Readings.Verdict(observation, statuses).Available == false;

    private static int RankOrUnknown(string status, StatusCatalog statuses) =>
        statuses.RankOf(status) is >= 0 and var rank ? rank : statuses.RankOf(StatusCatalog.Unknown);
}
