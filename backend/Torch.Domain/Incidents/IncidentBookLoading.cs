using Torch.Domain.Statuses;

namespace Torch.Domain.Incidents;

public sealed partial class IncidentBook
{
    /// <summary>Goes on from what somebody kept: the incidents that are open or leaving, and who stands above whom.</summary>
    /// <param name="parents">Of each child its parents; of nodes that nothing happens to they may be missing.</param>
    public static IncidentBook Load(
        StatusCatalog statuses,
        IEnumerable<Incident> open,
        IEnumerable<(Guid Child, Guid Parent)> parents,
        IEnumerable<Guid>? flapping = null
    )
    {
        var book = new IncidentBook(statuses);
        foreach (var (child, parent) in parents)
            book.Link(child, parent);
        foreach (var incident in open.OrderBy(i => i.Position).ThenBy(i => i.Id))
            book.Restore(incident);
        book._flapping.UnionWith(flapping ?? []);
        book._touched = [];
        return book;
    }

    private void Restore(Incident incident)
    {
        if (incident.IsOpen)
            Put(incident);
        else
            _leaving[incident.CauseId] = incident;
        foreach (var entry in incident.Affected.Where(a => a.Until is null))
            Join(entry.NodeId, incident);
    }
}
