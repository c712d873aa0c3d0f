using Npgsql;
using Torch.Contracts;
using Torch.Domain.Evaluation;
using Torch.Server.Auth;
using Torch.Server.Evaluating;
using Torch.Server.Http;

namespace Torch.Server.Features.Nodes;

internal static class Explain
{
    /// <summary>Why a node has its status.</summary>
    /// <remarks>The rule that won, every clause with the value it saw, the children that decided it, and the root causes down to observations.</remarks>
    /// <param name="asOf">RFC 3339: why it had the status that Torch showed then.</param>
    /// <param name="atPosition">The same after the events up to a position.</param>
    /// <param name="rules"><c>then</c>, the default, or <c>now</c>: which status it would have had then under the rules of now, and why.</param>
    public static async Task<Explanation> Handle(
        Guid id,
        string? asOf,
        string? atPosition,
        string? rules,
        NpgsqlDataSource db,
        IEvaluation evaluation,
        PastReading past,
        PastStates states,
        Sight sight,
        CancellationToken cancellationToken
    )
    {
        sight.Require(id);
        var position = await past.PositionAsync(asOf, atPosition, cancellationToken);
        var ofNow = PastReading.IsUnderRulesOfNow(rules, position is not null);
        if (position is { } then)
        {
            var state = await states.AtAsync(then, cancellationToken, ofNow);
            var explained = state.Read(e => e.Explain(id)) ?? throw new FaultException(Fault.NotFound("node"));
            return View(explained, sight) with { Position = then };
        }
        if (evaluation.Explain(id) is { } known)
            return View(known, sight);
        await NodeReading.OneAsync(db, id, cancellationToken);
        throw new FaultException(NotCaughtUp);
    }

    public static Fault NotCaughtUp { get; } =
        new(503, "not_caught_up", "The evaluator has not reached this node yet.", RetryAfterSeconds: 1);

    public static RuleExplanation View(RuleOutcome rule) =>
        new(
            rule.Name,
            rule.Then,
            rule.Pending ? "pending" : Text(rule.Result),
            [.. rule.Clauses.Select(c => new ClauseExplanation(c.Text, c.Actual, Text(c.Result)))]
        );

    private static Explanation View(NodeExplanation why, Sight sight) =>
        new(
            why.NodeId,
            why.Name,
            why.Status,
            why.Since,
            why.Sentence,
            why.Decider,
            why.RuleIndex,
            why.RulesVersion,
            [.. why.Rules.Select(View)],
            why.RollUp,
            [
                .. why
                    .DecidingChildren.Where(c => sight.Shows(c.NodeId))
                    .Select(c => new DecidingChild(c.NodeId, c.Name, c.Status, c.CountsAs)),
            ],
            [.. why.RootCauses.Where(c => sight.Shows(c.NodeId)).Select(c => View(c, sight))],
            why.Position,
            Marking.Flapping(why.Marks),
            Marking.Acknowledged(why.Marks),
            Marking.Maintenance(why.Marks),
            Marking.Manual(why.Marks),
            Marking.Pending(why),
            Marking.Underneath(why),
            sight.OfAny(why.SuppressedBy.Count > 0 ? why.SuppressedBy : null),
            why.Locations.Count > 0 ? [.. why.Locations.Select(View)] : null
        );

    private static LocationStatus View(LocationOutcome at) =>
        new(at.Location, at.Status, at.Because, View(at.Observation));

    private static ObservationView? View(SeenObservation? seen) =>
        seen is null ? null : Observations.View(seen.Event, seen.Position, seen.ReceivedAt);

    private static RootCause View(CauseOutcome cause, Sight sight) =>
        new(
            cause.NodeId,
            cause.Name,
            cause.Status,
            cause.CheckId,
            cause.Sentence,
            sight.Of(cause.Path),
            View(cause.Observation)
        );

    private static string Text(bool? result) =>
        result switch
        {
            true => "true",
            false => "false",
            null => "not reached",
        };
}
