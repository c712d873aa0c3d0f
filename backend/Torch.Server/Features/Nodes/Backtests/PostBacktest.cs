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

    /// <summary>Try drafts on several nodes on the past: what the tree above them would have shown.</summary>
    /// <remarks>As with one node; the nodes above are named where they would have differed.</remarks>
    public static async Task OfTree(
        HttpContext http,
        BacktestTreeValidator validator,
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
        for (var i = 0; i < body.Drafts.Count; i++)
        {
            var prefix = string.Create(CultureInfo.InvariantCulture, $"/drafts/{i}/draft");
            drafts[body.Drafts[i].NodeId] = await ReadAsync(
                body.Drafts[i].NodeId,
                body.Drafts[i].Draft,
                streams,
                statuses,
                http.RequestAborted,
                prefix
            );
        }
        await answer.RunAsync(http, new(drafts, from, to, WithAbove: true, statuses));
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
        if (read.Rules is { } rules)
            return rules;
        var fault = RuleErrors.Fault(read.Problems);
        throw new FaultException(fault with { Errors = fault.Errors?.ToDictionary(e => prefix + e.Key, e => e.Value) });
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

    public BacktestTreeValidator()
    {
        RuleFor(t => t.Drafts)
            .Must(drafts => drafts.Count is >= 1 and <= Most)
            .WithMessage($"must hold 1 to {Most} drafts")
            .Must(drafts => drafts.Where(d => d is not null).DistinctBy(d => d.NodeId).Count() == drafts.Count)
            .WithMessage("must name each node once");
        RuleForEach(t => t.Drafts).ChildRules(d => d.RuleFor(x => x.Draft).SetValidator(new RulesValidator()));
    }
}
