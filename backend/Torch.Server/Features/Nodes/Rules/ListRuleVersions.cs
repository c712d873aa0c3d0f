using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Nodes.Rules;

internal static class ListRuleVersions
{
    /// <summary>Every publication of a node's rules, newest first: who, when, and why.</summary>
    public static async Task<IReadOnlyList<RulesVersionView>> Handle(
        Guid id,
        JournalStreams streams,
        Sight sight,
        CancellationToken cancellationToken
    )
    {
        sight.Require(id);
        var publications =
            await streams.PublicationsAsync(id, long.MaxValue, cancellationToken)
            ?? throw new FaultException(Fault.NotFound("node"));
        return [.. publications.Select(View).Reverse()];
    }

    private static RulesVersionView View(Publication publication) =>
        new(
            publication.Event.Version,
            publication.Author,
            publication.Recorded.Timestamp,
            publication.Event.Reason,
            [.. publication.Event.Rules.Rules.Select(RuleMapping.View)],
            publication.Event.Rules.RollUp.ToString(),
            RuleMapping.Text(publication.Event.Rules.Match),
            publication.Recorded.Position,
            TimingMapping.View(publication.Event.Rules.Timing),
            publication.Event.Rules.TimeZone
        );
}
