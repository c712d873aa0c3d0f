namespace Torch.Domain.Rules;

/// <summary>What a rule asks: a tree that its text form (<see cref="RuleText"/>) and its JSON form (<see cref="ConditionJson"/>) hold without loss.</summary>
public abstract record Condition;

/// <summary>Every term holds. At least two.</summary>
public sealed record And(ValueList<Condition> Terms) : Condition;

/// <summary>At least one term holds. At least two.</summary>
public sealed record Or(ValueList<Condition> Terms) : Condition;

public sealed record Not(Condition Term) : Condition;

/// <summary>The six comparison operators.</summary>
public enum Comparison
{
    Less,
    AtMost,
    Equal,
    NotEqual,
    AtLeast,
    Greater,
}

/// <summary>A number or duration of the observation against a limit.</summary>
/// <param name="Value">Milliseconds where the field is a duration.</param>
public sealed record NumberIs(Field Field, Comparison Op, double Value) : Condition;

/// <summary>From and to, both included; a single number is both.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct NumberRange(double From, double To);

public sealed record NumberIn(Field Field, ValueList<NumberRange> Ranges, bool Negated = false) : Condition;

public sealed record TextIs(Field Field, string Text, bool Negated = false) : Condition;

public sealed record TextIn(Field Field, ValueList<string> Texts, bool Negated = false) : Condition;

/// <summary>Somewhere in the text, as it is written.</summary>
public sealed record TextContains(Field Field, string Text, bool Negated = false) : Condition;

/// <param name="Pattern">A regular expression that .NET's non-backtracking engine takes, at most 512 characters.</param>
public sealed record TextMatches(Field Field, string Pattern, bool Negated = false) : Condition;

/// <summary>The term held for this many observations in a row.</summary>
public sealed record HeldFor(Condition Term, int Checks) : Condition;

public enum StatusComparison
{
    In,
    NotIn,
    Less,
    AtMost,
    AtLeast,
    Greater,
}

/// <summary>What is asked of a child's status. Orders compare by severity and name one status.</summary>
public sealed record StatusTest(StatusComparison Op, ValueList<string> Statuses);

public enum Quantifier
{
    Any,
    All,
    None,
}

/// <summary>Any, all or none of the chosen children. Without a chosen child it has no answer.</summary>
public sealed record Children(Quantifier Quantifier, Selector Chosen, StatusTest Test) : Condition;

/// <param name="Name">A child's name, or names from child to grandchild with slashes between.</param>
public sealed record NamedChild(string Name, StatusTest Test) : Condition;

public enum Measure
{
    Count,
    Percent,
    Weight,
}

/// <summary>How many (or what share, or what weight) of the chosen children pass the test.</summary>
public sealed record Aggregate(Measure Measure, Selector Chosen, StatusTest Test, Comparison Op, decimal Limit)
    : Condition;
