using System.Globalization;
using Torch.Domain.Checks;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

/// <summary>What decided a status, as it was then: the second half of the sentence, which is made when somebody reads it.</summary>
internal abstract class Reason
{
    public abstract string Text { get; }

    /// <summary>Each clause of the deciding rule with its actual value.</summary>
    public virtual IReadOnlyList<ClauseValue> Clauses => [];
}

internal sealed class SaidReason(string text) : Reason
{
    public override string Text => text;
}

/// <summary>A rule's condition.</summary>
/// <param name="decisive">The clauses that made it true.</param>
/// <param name="clauses">All of them.</param>
internal sealed class RuleReason(Look[] decisive, LookedAt[] clauses) : Reason
{
    public override string Text => string.Join(" and ", decisive.Select(l => l.Phrase));

    public override IReadOnlyList<ClauseValue> Clauses => [.. clauses.Select(c => c.Value)];
}

/// <summary>The check's own verdict.</summary>
internal sealed class CheckReason(IEvent observation) : Reason
{
    public override string Text =>
        observation switch
        {
            ReportReceived report => $"the report said {report.Status ?? StatusCatalog.Up}" + Detail(report.Message),
            ProbeCompleted { Outcome: "up" } => "the probe succeeded",
            ProbeCompleted probe => "the probe failed"
                + Detail(probe.Message)
                + (probe.Cause is null ? "" : $" ({probe.Cause})"),
            _ => "its check said so",
        };

    public static string Inconclusive(IEvent observation) =>
        "no observation could be judged yet" + Detail((observation as ProbeCompleted)?.Message);

    private static string Detail(string? message) =>
        string.IsNullOrWhiteSpace(message) ? ""
        : message.Length > 200 ? $": {message[..200]}…"
        : ": " + message.TrimEnd('.', ' ');
}

/// <summary>A roll-up of children.</summary>
/// <param name="number">How many of those that count speak for it.</param>
/// <param name="counted">How many count.</param>
/// <param name="fact">What they are.</param>
/// <param name="names">The first of them; none where all is well.</param>
internal sealed class RollUpReason(RollUp rollUp, int number, int counted, string fact, string[] names) : Reason
{
    public override string Text => Said + Sentences.Names(names, number) + Kind;

    private string Said =>
        number == counted && number > 1
            ? $"all {number.ToString(CultureInfo.InvariantCulture)} children that count are {fact}"
        : counted == 1 ? $"its only child that counts is {fact}"
        : Sentences.Counted(
            string.Create(CultureInfo.InvariantCulture, $"{number} of {counted} children that count"),
            number,
            fact
        );

    private string Kind => rollUp is { Kind: RollUpKind.Worst, N: 1, Cap: null } ? "" : $" (roll-up: {rollUp})";
}

/// <summary>The whole sentence, and the clauses behind it.</summary>
internal sealed class Account(string name, string status, Reason reason) : IAccount
{
    public string Sentence => $"{(name.Length == 0 ? "The node" : name)} is {status} because {reason.Text}.";

    public IReadOnlyList<ClauseValue> Clauses => reason.Clauses;
}

/// <summary>A node that is not evaluated here: what was said of it where it was.</summary>
internal sealed class RecordedAccount(string name, string status, NodeTransitioned? recorded) : IAccount
{
    public string Sentence => recorded?.Why.Sentence ?? $"{(name.Length == 0 ? "The node" : name)} is {status}.";

    public IReadOnlyList<ClauseValue> Clauses => recorded?.Why.Clauses ?? [];
}
