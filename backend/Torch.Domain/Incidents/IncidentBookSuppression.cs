namespace Torch.Domain.Incidents;

/// <summary>What suppresses incidents, and what goes when it is well again: a router that is down may suppress ten thousand.</summary>
public sealed partial class IncidentBook
{
    // By what suppresses them: the causes.
    private readonly Dictionary<Guid, HashSet<Guid>> _suppressed = [];

    private void Lift(Guid nodeId)
    {
        if (!_suppressed.TryGetValue(nodeId, out var causes))
            return;
        foreach (var cause in (Guid[])[.. causes])
            Put(_open[cause] with { SuppressedBy = [.. _open[cause].SuppressedBy.Where(s => s != nodeId)] });
    }

    private void Suppress(Guid cause, IReadOnlyList<Guid> before, IReadOnlyList<Guid> after)
    {
        if (ReferenceEquals(before, after))
            return;
        foreach (var by in before)
            if (_suppressed.TryGetValue(by, out var causes) && causes.Remove(cause) && causes.Count == 0)
                _suppressed.Remove(by);
        foreach (var by in after)
        {
            if (!_suppressed.TryGetValue(by, out var causes))
                _suppressed.Add(by, causes = []);
            causes.Add(cause);
        }
    }
}
