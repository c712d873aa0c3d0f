using Torch.Domain.Evaluation;
using Torch.Domain.Rules;
using Torch.EventStore;
using Torch.Server.Evaluating;

namespace Torch.Server.Features.Nodes.Rules;

/// <summary>Whether the children that rules name are there. A clause over one that is not would never fire, and nobody would notice.</summary>
internal sealed class NamedChildren(IEvaluation evaluation, IEventLog log, TimeProvider time)
{
    private const int MostNames = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What is wrong with a draft in this respect. Waits for the evaluator where a child may have come just now.</summary>
    public async Task<IReadOnlyList<RuleProblem>> ProblemsAsync(
        Guid nodeId,
        RuleSet rules,
        ClausePlaces places,
        CancellationToken cancellationToken
    )
    {
        if (evaluation.MissingChildren(nodeId, rules) is { Missing.Count: 0 })
            return [];
        await CatchUpAsync(cancellationToken);
        return evaluation.MissingChildren(nodeId, rules) is { } found
            ?
            [
                .. found.Missing.Select(m =>
                    places.At(Problem(m, found.Children), rules.Rules[m.RuleIndex].When, m.Clause)
                ),
            ]
            : [];
    }

    /// <summary>What a person should know of the rules in force.</summary>
    public IReadOnlyList<string> Warnings(Guid nodeId, RuleSet rules) =>
        evaluation.MissingChildren(nodeId, rules) is { } found
            ? [.. found.Missing.Select(m => $"Rule {m.RuleIndex + 1}: {Said(m)}; the clause never holds.")]
            : [];

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await evaluation.WaitForAsync(await log.HeadAsync(both.Token), both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The evaluator is far behind: what it knows must do.
        }
    }

    private static RuleProblem Problem(MissingChild missing, IReadOnlyList<string> children) =>
        new(
            missing.RuleIndex,
            1,
            "unknown_child",
            Said(missing),
            children.Count == 0
                ? "a group with children"
                : string.Join(", ", children.Take(MostNames).Select(n => $"\"{n}\""))
        );

    private static string Said(MissingChild missing) => $"no child is called \"{missing.Clause.Name}\"";
}
