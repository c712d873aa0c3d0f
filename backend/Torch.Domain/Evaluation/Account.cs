using System.Globalization;
using Torch.Domain.Checks;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

/// <summary>What decided a status, as it was then. The sentence is made when somebody reads it.</summary>
internal abstract class Account(string name, string status) : IAccount
{
    public string Sentence => $"{(name.Length == 0 ? "The node" : name)} is {status} because {Text}.";

    /// <summary>The second half of the sentence.</summary>
    public string Because => Text;

    /// <summary>Each clause of the deciding rule with its actual value.</summary>
    public virtual IReadOnlyList<ClauseValue> Clauses => [];

    protected abstract string Text { get; }
}

internal sealed class SaidAccount(string name, string status, string text) : Account(name, status)
{
    protected override string Text => text;
}

/// <summary>A rule's condition.</summary>
/// <param name="clauses">All of its clauses.</param>
/// <param name="decisive">Those that made it true; null where it has but one.</param>
internal sealed class RuleAccount(string name, string status, LookedAt[] clauses, Look[]? decisive)
    : Account(name, status)
{
    protected override string Text =>
        decisive is null ? clauses[0].Look.Phrase : string.Join(" and ", decisive.Select(l => l.Phrase));

    public override IReadOnlyList<ClauseValue> Clauses => [.. clauses.Select(c => c.Value)];
}

/// <summary>The check's own verdict.</summary>
internal sealed class CheckAccount(string name, string status, IEvent observation) : Account(name, status)
{
    protected override string Text =>
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
internal sealed class RollUpAccount(
    string name,
    string status,
    RollUp rollUp,
    int number,
    int counted,
    string fact,
    string[] names
) : Account(name, status)
{
    protected override string Text => Said + Sentences.Names(names, number) + Kind;

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

/// <summary>A node that is not evaluated here: what was said of it where it was.</summary>
internal sealed class RecordedAccount(string name, string status, NodeTransitioned? recorded) : IAccount
{
    public string Sentence => recorded?.Why.Sentence ?? $"{(name.Length == 0 ? "The node" : name)} is {status}.";

    public IReadOnlyList<ClauseValue> Clauses => recorded?.Why.Clauses ?? [];
}
