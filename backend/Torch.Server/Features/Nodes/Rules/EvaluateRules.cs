using Torch.Contracts;
using Torch.Domain;
using Torch.Server.Evaluating;
using Torch.Server.Http;

namespace Torch.Server.Features.Nodes.Rules;

internal static class EvaluateRules
{
    /// <summary>Try a draft on current data.</summary>
    /// <remarks>Nothing is written. What is wrong with the draft stands in <c>errors</c>, with the column.</remarks>
    public static async Task<DraftEvaluation> Handle(
        Guid id,
        HttpContext http,
        RulesValidator validator,
        JournalStreams streams,
        IEvaluation evaluation,
        Catalogue catalogue,
        NamedChildren named,
        RecentObservations recent
    )
    {
        var body = await http.ReadJsonAsync(validator);
        var node = await streams.NodeAsync(id, http.RequestAborted);
        if (!node.State.Exists)
            throw new FaultException(Fault.NotFound("node"));
        var read = RuleMapping.Read(
            body.Value,
            node.State.IsLeaf,
            (await catalogue.NowAsync(http.RequestAborted)).State
        );
        var errors = read.Problems.Select(RuleErrors.View).ToList();
        if (read.Rules is not { } draft)
            return new DraftEvaluation(null, null, null, null, [], read.Parsed, errors);
        IReadOnlyList<IEvent> recorded =
            node.State.CheckId is { } checkId && evaluation.LooksBack(draft) is { } asked
                ? await recent.OfAsync(checkId, asked, http.RequestAborted)
                : [];
        var answer = evaluation.Try(id, draft, recorded) ?? throw new FaultException(Explain.NotCaughtUp);
        errors.AddRange(
            (await named.ProblemsAsync(id, draft, read.Places, http.RequestAborted)).Select(RuleErrors.View)
        );
        return new DraftEvaluation(
            answer.Status,
            answer.Sentence,
            answer.Decider,
            answer.RuleIndex,
            [.. answer.Rules.Select(Explain.View)],
            read.Parsed,
            errors
        );
    }
}
