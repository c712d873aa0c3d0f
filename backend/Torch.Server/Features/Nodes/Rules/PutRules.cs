using Torch.Contracts;
using Torch.Server.Http;

namespace Torch.Server.Features.Nodes.Rules;

internal static class PutRules
{
    /// <summary>Publish rules.</summary>
    /// <remarks>They are in force from this position on. Publishing what is in force changes nothing.</remarks>
    public static Task<IResult> Handle(
        Guid id,
        HttpContext http,
        RulesValidator validator,
        Commands commands,
        JournalStreams streams,
        Catalogue catalogue,
        NamedChildren named
    ) => commands.RunAsync(http, validator, (wanted, _) => DecideAsync(id, http, wanted, streams, catalogue, named));

    private static async Task<Change> DecideAsync(
        Guid id,
        HttpContext http,
        PublishRules wanted,
        JournalStreams streams,
        Catalogue catalogue,
        NamedChildren named
    )
    {
        var (node, version) = await streams.ExistingNodeAsync(http, id);
        var statuses = (await catalogue.NowAsync(http.RequestAborted)).State;
        var read = RuleMapping.Read(wanted, node.IsLeaf, statuses);
        if (read.Rules is not { } rules)
            throw new FaultException(RuleErrors.Fault(read.Problems));
        if (await named.ProblemsAsync(id, rules, read.Places, http.RequestAborted) is { Count: > 0 } missing)
            throw new FaultException(RuleErrors.Fault(missing));
        var events = node.Publish(rules, wanted.Reason, statuses).EventsOrRefuse();
        var who = EventHeaders.Of(http, wanted.Reason);
        return Change.Of(id, JournalStreams.OfNode(id, events, version, who));
    }
}
