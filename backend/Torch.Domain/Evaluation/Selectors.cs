using Torch.Domain.Rules;
using Torch.Domain.Rules.Text;

namespace Torch.Domain.Evaluation;

/// <summary>Selectors, ready to be asked. They follow from a child's name, tags and type alone.</summary>
internal static class Selectors
{
    /// <param name="picked">Those whom earlier clauses have picked out.</param>
    public static Func<NodeState, bool> Compile(Selector selector, IReadOnlyList<Func<NodeState, bool>> picked) =>
        selector switch
        {
            RemainingChildren remaining => Remaining(Compile(remaining.Among, picked), [.. picked]),
            SelectorAnd both when Each(both.Terms, picked) is var terms => child =>
                Array.TrueForAll(terms, t => t(child)),
            SelectorOr either when Each(either.Terms, picked) is var terms => child =>
                Array.Exists(terms, t => t(child)),
            SelectorNot not when Compile(not.Term, picked) is var term => child => !term(child),
            SelectorTerm term => Term(term),
            _ => _ => true,
        };

    private static Func<NodeState, bool>[] Each(
        ValueList<Selector> terms,
        IReadOnlyList<Func<NodeState, bool>> picked
    ) => [.. terms.Select(t => Compile(t, picked))];

    private static Func<NodeState, bool> Remaining(Func<NodeState, bool> among, Func<NodeState, bool>[] picked) =>
        child => among(child) && !Array.Exists(picked, p => p(child));

    private static Func<NodeState, bool> Term(SelectorTerm term)
    {
        var holds = Text(term);
        return term.Key switch
        {
            SelectorKey.Tag when term.Op == SelectorOp.IsNot => child => !child.Tags.Contains(term.Text),
            SelectorKey.Tag => child => child.Tags.Any(holds),
            SelectorKey.Name => child => holds(child.Name),
            _ => child => holds(child.Type),
        };
    }

    private static Func<string, bool> Text(SelectorTerm term)
    {
        var regex = term.Op == SelectorOp.Matches ? Regexes.Compile(term.Text) : null;
        return term.Op switch
        {
            SelectorOp.Is => text => text == term.Text,
            SelectorOp.IsNot => text => text != term.Text,
            _ => text => regex!.IsMatch(text),
        };
    }
}
