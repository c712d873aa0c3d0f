using System.Globalization;

namespace Torch.Domain.Evaluation;

/// <summary>What several locations say of a check.</summary>
internal static class PlaceAccounts
{
    /// <summary>The location whose word counts for this verdict; null for a leaf of one location, and where none of them said it.</summary>
    public static NodeState? Speaker(NodeState node, Verdict verdict) =>
        node.Places is { } places && IsOfPlaces(verdict.Decider) ? Speaker(places, verdict) : null;

    // Apart, so that a leaf of one location makes nothing for it.
    private static NodeState? Speaker(NodeState[] places, Verdict verdict) =>
        Array.Find(places, p => p.Status == verdict.Status && p.Verdict.Decider == verdict.Decider)
        ?? Array.Find(places, p => p.Status == verdict.Status);

    public static PlaceAccount Of(NodeState node, string status, NodeState speaker, Account said)
    {
        var same = node.Places!.Where(p => p.Status == speaker.Status).Select(Location).ToArray();
        return new(node.Name, status, same, node.Places!.Length, said);
    }

    public static string Location(NodeState place) => ((PlaceState)place.Check!).Location;

    private static bool IsOfPlaces(DeciderKind decider) =>
        decider
            is DeciderKind.Rule
                or DeciderKind.Check
                or DeciderKind.Failed
                or DeciderKind.Expired
                or DeciderKind.Unwatched
                or DeciderKind.Nothing;
}

/// <summary>How many locations find it so, which, and what the first of them says.</summary>
internal sealed class PlaceAccount(string name, string status, string[] same, int of, Account said)
    : Account(name, status)
{
    protected override string Text => $"{Said}: {said.Because}";

    public override IReadOnlyList<Nodes.ClauseValue> Clauses => said.Clauses;

    private string Said =>
        same.Length == of
            ? string.Create(CultureInfo.InvariantCulture, $"all {of} locations find it so")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{same.Length} of {of} locations {(same.Length == 1 ? "finds" : "find")} it so ({Names})"
            );

    private string Names => Sentences.Names([.. same.Take(Sentences.NamesInSentence)], same.Length)[2..];
}
