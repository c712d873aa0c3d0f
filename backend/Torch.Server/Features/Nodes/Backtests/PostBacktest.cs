using System.Globalization;
using FluentValidation;
using Torch.Contracts;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;
using Torch.Server.Features.Nodes.Rules;
using Torch.Server.Http;

namespace Torch.Server.Features.Nodes.Backtests;

internal static class PostBacktest
{
    private const int MostDays = 400;
    private static readonly TimeSpan Usual = TimeSpan.FromDays(30);

    /// <summary>Try a draft on the past.</summary>
    /// <remarks>
    /// What it would have shown, beside what was shown; nothing is written. With <c>Accept: application/x-ndjson</c> the answer comes line by
    /// line (BacktestLine): how far it is, and at last the result or a problem.
    /// </remarks>
    public static async Task OfNode(
        Guid id,
        HttpContext http,
        BacktestRulesValidator validator,
        JournalStreams streams,
        Catalogue catalogue,
        BacktestAnswer answer,
        TimeProvider time
    )
    {
        var body = (await http.ReadJsonAsync(validator)).Value;
        var (from, to) = Window(body.From, body.To, time);
        var statuses = (await catalogue.NowAsync(http.RequestAborted)).State;
        var drafts = new Dictionary<Guid, RuleSet>
        {
            [id] = await ReadAsync(id, body, streams, statuses, http.RequestAborted),
        };
        await answer.RunAsync(http, new(drafts, from, to, WithAbove: false, statuses));
    }

    /// <summary>Try drafts on several nodes, or of the tree itself, on the past: what the tree would have shown.</summary>
    /// <remarks>
    /// As with one node; the nodes above are named where they would have differed. Drafted edges hold for the whole window and are refused
    /// where the change itself would be: they close a cycle, or the parent is a leaf.
    /// </remarks>
    public static async Task OfTree(
        HttpContext http,
        BacktestTreeValidator validator,
        Structure structure,
        JournalStreams streams,
        Catalogue catalogue,
        BacktestAnswer answer,
        TimeProvider time
    )
    {
        var body = (await http.ReadJsonAsync(validator)).Value;
        var (from, to) = Window(body.From, body.To, time);
        var statuses = (await catalogue.NowAsync(http.RequestAborted)).State;
        var drafts = new Dictionary<Guid, RuleSet>();
        foreach (var (i, (id, draft)) in (body.Drafts ?? []).Index())
        {
            var prefix = string.Create(CultureInfo.InvariantCulture, $"/drafts/{i}/draft");
            drafts[id] = await ReadAsync(id, draft, streams, statuses, http.RequestAborted, prefix);
        }
        var edges = await EdgeDrafts.DecideAsync(body.Edges ?? [], structure, http.RequestAborted);
        await answer.RunAsync(http, new(drafts, from, to, WithAbove: true, statuses, edges));
    }

    private static async Task<RuleSet> ReadAsync(
        Guid id,
        PublishRules draft,
        JournalStreams streams,
        StatusCatalog statuses,
        CancellationToken ct,
        string prefix = ""
    )
    {
        var node = (await streams.NodeAsync(id, ct)).State;
        if (!node.Exists)
            throw new FaultException(Fault.NotFound("node"));
        var read = RuleMapping.Read(draft, node.IsLeaf, statuses);
        return read.Rules ?? throw new FaultException(RuleErrors.Fault(read.Problems).Below(prefix));
    }

    private static (DateTimeOffset From, DateTimeOffset To) Window(
        DateTimeOffset? from,
        DateTimeOffset? to,
        TimeProvider time
    )
    {
        var now = time.GetUtcNow();
        var end = to ?? now;
        var begin = from ?? end - Usual;
        if (end > now)
            throw new FaultException(Fault.Invalid("/to", "must not lie in the future"));
        if (begin >= end)
            throw new FaultException(Fault.Invalid("/from", "must be before to"));
        if (end - begin > TimeSpan.FromDays(MostDays))
            throw new FaultException(Fault.Invalid("/from", $"must be at most {MostDays} days before to"));
        return (begin, end);
    }
}

/// <summary>The frame of a draft that is tried on the past.</summary>
internal sealed class BacktestRulesValidator : AbstractValidator<BacktestRules>
{
    public BacktestRulesValidator() => Include(new RulesValidator());
}

/// <summary>The frame of several drafts.</summary>
internal sealed class BacktestTreeValidator : AbstractValidator<BacktestTree>
{
    private const int Most = 100;
    private const int MostEdges = 1_000;

    public BacktestTreeValidator()
    {
        RuleFor(t => t.Drafts)
            .Must((t, drafts) => drafts is { Count: > 0 } || t.Edges is { Count: > 0 })
            .WithMessage($"must hold 1 to {Most} drafts, or none where edges are drafted")
            .Must(drafts => drafts is null || drafts.Count <= Most)
            .WithMessage($"must hold at most {Most} drafts")
            .Must(drafts => drafts is null || drafts.DistinctBy(d => d.NodeId).Count() == drafts.Count)
            .WithMessage("must name each node once");
        RuleForEach(t => t.Drafts).ChildRules(d => d.RuleFor(x => x.Draft).SetValidator(new RulesValidator()));
        RuleFor(t => t.Edges)
            .Must(edges => edges is null || edges.Count <= MostEdges)
            .WithMessage($"must hold at most {MostEdges:N0} edges")
            .Must(edges => edges is null || edges.DistinctBy(e => (e.ParentId, e.NodeId)).Count() == edges.Count)
            .WithMessage("must name each edge once");
        RuleForEach(t => t.Edges).SetValidator(new EdgeDraftValidator());
    }
}

/// <summary>The settings of a drafted edge, as of one that is drawn.</summary>
internal sealed class EdgeDraftValidator : AbstractValidator<EdgeDraft>
{
    public EdgeDraftValidator()
    {
        Include(new EdgeValidator());
        RuleFor(e => e.Remove)
            .Must((e, remove) => remove != true || e is { Weight: null, Required: null, Contribution: null })
            .WithMessage("must stand alone: an edge that is gone has no settings");
    }
}
