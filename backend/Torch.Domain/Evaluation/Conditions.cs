using Torch.Domain.Rules;

namespace Torch.Domain.Evaluation;

/// <summary>A condition with its counters. Three answers: true, false, and null where there is nothing to judge by; only true fires.</summary>
internal abstract class CompiledCondition
{
    public abstract bool? Test(NodeState node, DateTimeOffset now);

    /// <summary>A new observation came: streaks move on.</summary>
    public virtual void Observe(NodeState node, DateTimeOffset now) { }

    /// <summary>Each clause with its value, in order. Those after the one that settled it were not reached.</summary>
    public abstract void Explain(NodeState node, DateTimeOffset now, bool reached, List<LookedAt> clauses);

    /// <summary>The clauses that made it true.</summary>
    public abstract void Decisive(NodeState node, DateTimeOffset now, List<CompiledClause> clauses);
}

/// <summary>One clause, without further conditions inside.</summary>
internal abstract class CompiledClause(Condition clause) : CompiledCondition
{
    /// <summary>As it is written. Most are never asked for it.</summary>
    public string Text => field ??= RuleText.Print(clause);

    protected Condition Clause => clause;

    /// <summary>What it sees now.</summary>
    public abstract Look Look(NodeState node, DateTimeOffset now);

    /// <summary>Adds children that made it so.</summary>
    public virtual void Deciders(NodeState node, List<NodeState> deciders, int limit) { }

    /// <summary>Whether time alone can change its answer.</summary>
    public virtual bool ChangesByItself => false;

    /// <summary>The next tick after now at which it may change by itself.</summary>
    public virtual long DueTicks(NodeState node, DateTimeOffset now) => long.MaxValue;

    public override void Explain(NodeState node, DateTimeOffset now, bool reached, List<LookedAt> clauses) =>
        clauses.Add(new(Look(node, now), reached ? Test(node, now) == true : null));

    public override void Decisive(NodeState node, DateTimeOffset now, List<CompiledClause> clauses) =>
        clauses.Add(this);
}

/// <summary>Terms of which one can settle the whole: a false one an "and", a true one an "or".</summary>
internal sealed class ManyCondition(CompiledCondition[] terms, bool settledBy) : CompiledCondition
{
    public override bool? Test(NodeState node, DateTimeOffset now)
    {
        bool? result = !settledBy;
        foreach (var term in terms)
        {
            var answer = term.Test(node, now);
            if (answer == settledBy)
                return settledBy;
            result = answer is null ? null : result;
        }
        return result;
    }

    public override void Observe(NodeState node, DateTimeOffset now)
    {
        foreach (var term in terms)
            term.Observe(node, now);
    }

    public override void Explain(NodeState node, DateTimeOffset now, bool reached, List<LookedAt> clauses)
    {
        foreach (var term in terms)
        {
            term.Explain(node, now, reached, clauses);
            reached = reached && term.Test(node, now) != settledBy;
        }
    }

    // All terms of an "and" made it true, and those of an "or" that are.
    public override void Decisive(NodeState node, DateTimeOffset now, List<CompiledClause> clauses)
    {
        foreach (var term in terms)
            if (!settledBy || term.Test(node, now) == true)
                term.Decisive(node, now, clauses);
    }
}

internal sealed class NotCondition(Not not, CompiledCondition term) : CompiledCondition
{
    public override bool? Test(NodeState node, DateTimeOffset now) => !term.Test(node, now);

    public override void Observe(NodeState node, DateTimeOffset now) => term.Observe(node, now);

    public override void Explain(NodeState node, DateTimeOffset now, bool reached, List<LookedAt> clauses) =>
        term.Explain(node, now, reached, clauses);

    public override void Decisive(NodeState node, DateTimeOffset now, List<CompiledClause> clauses) =>
        clauses.Add(new Denied(not, term));

    private sealed class Denied(Not not, CompiledCondition term) : CompiledClause(not)
    {
        public override bool? Test(NodeState node, DateTimeOffset now) => !term.Test(node, now);

        public override Look Look(NodeState node, DateTimeOffset now) =>
            new SaidLook(Text, null, $"it is so that {Text}");
    }
}

internal sealed class HeldCondition(CompiledCondition term, int checks) : CompiledCondition
{
    /// <summary>For how many observations in a row it has held, at most as many as are asked for.</summary>
    public int Streak { get; set; }

    // Asked once: one that is held within another would be asked twice as often at each level.
    public override bool? Test(NodeState node, DateTimeOffset now) =>
        term.Test(node, now) is var answer && answer is true ? Streak >= checks : answer;

    public override void Observe(NodeState node, DateTimeOffset now)
    {
        term.Observe(node, now);
        Streak = term.Test(node, now) == true ? Math.Min(Streak + 1, checks) : 0;
    }

    public override void Explain(NodeState node, DateTimeOffset now, bool reached, List<LookedAt> clauses)
    {
        var first = clauses.Count;
        term.Explain(node, now, reached, clauses);
        for (var i = first; i < clauses.Count; i++)
            clauses[i] = new(
                new HeldLook(clauses[i].Look, Streak, checks),
                clauses[i].Result is true ? Streak >= checks : clauses[i].Result
            );
    }

    public override void Decisive(NodeState node, DateTimeOffset now, List<CompiledClause> clauses) =>
        term.Decisive(node, now, clauses);
}
