namespace Torch.Domain.Rules;

/// <summary>Which children are meant. Neutral children, and those that their edge ignores, are never among them.</summary>
public abstract record Selector
{
    public static Selector Everyone { get; } = new AllChildren();

    /// <summary>Whether it picks out some of the children, so that they are no longer among the remaining ones.</summary>
    public bool Picks => this is not AllChildren and not RemainingChildren { Among: AllChildren };
}

/// <summary>All that count.</summary>
public sealed record AllChildren : Selector;

/// <summary>
/// Those whom no earlier clause of the same node's rules has picked out: by a selector, or by name. A clause over all children, or over all
/// remaining ones, picks out nobody in particular. Stands only at the top of a selector.
/// </summary>
public sealed record RemainingChildren(Selector Among) : Selector;

/// <summary>Every term holds. At least two.</summary>
public sealed record SelectorAnd(ValueList<Selector> Terms) : Selector;

/// <summary>At least one term holds. At least two.</summary>
public sealed record SelectorOr(ValueList<Selector> Terms) : Selector;

public sealed record SelectorNot(Selector Term) : Selector;

public enum SelectorKey
{
    Tag,
    Name,
    Type,
}

public enum SelectorOp
{
    Is,
    IsNot,
    Matches,
}

/// <summary>One property of a child: a tag, its name, or its type (a kind of check, or <c>group</c>).</summary>
public sealed record SelectorTerm(SelectorKey Key, SelectorOp Op, string Text) : Selector;
