namespace Torch.Domain.Backtests;

/// <summary>What would have been, beside what was.</summary>
public sealed class HistoryDifference
{
    public HistoryDifference(StatusHistory before, StatusHistory after)
    {
        (Before, After) = (before, after);
        Added = Without(after.Changes, before.Changes);
        Removed = Without(before.Changes, after.Changes);
        Missed = Apart(before.Incidents, after.Incidents);
        New = Apart(after.Incidents, before.Incidents);
    }

    public StatusHistory Before { get; }

    public StatusHistory After { get; }

    /// <summary>Transitions that only would have been.</summary>
    public IReadOnlyList<HistoryChange> Added { get; }

    /// <summary>Transitions that only were.</summary>
    public IReadOnlyList<HistoryChange> Removed { get; }

    /// <summary>Incidents during which nothing would have been shown.</summary>
    public IReadOnlyList<Incident> Missed { get; }

    /// <summary>Incidents that only would have been shown.</summary>
    public IReadOnlyList<Incident> New { get; }

    /// <summary>Whether they agree at every moment.</summary>
    public bool IsNothing => Added.Count + Removed.Count == 0 && Before.First == After.First;

    private static List<HistoryChange> Without(IEnumerable<HistoryChange> changes, IEnumerable<HistoryChange> others)
    {
        var known = others.Select(c => (c.At, c.To)).ToHashSet();
        return [.. changes.Where(c => !known.Contains((c.At, c.To)))];
    }

    // Both are in the order of time and do not overlap among themselves: one pass.
    private static List<Incident> Apart(IReadOnlyList<Incident> incidents, IReadOnlyList<Incident> others)
    {
        var apart = new List<Incident>();
        var i = 0;
        foreach (var incident in incidents)
        {
            while (i < others.Count && others[i].To <= incident.From)
                i++;
            if (i == others.Count || others[i].From >= (incident.To ?? DateTimeOffset.MaxValue))
                apart.Add(incident);
        }
        return apart;
    }
}
