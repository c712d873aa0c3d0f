using Torch.Domain;
using Torch.Domain.Nodes;

namespace Torch.Server.Configuring.Planning;

/// <summary>Decisions on a copy of the structure, one after the other: each sees what those before it did.</summary>
internal sealed class StructureSteps(PlanContext context, Topology topology, Func<Guid, string> nameOf)
{
    private readonly List<IEvent> _events = [];

    public IReadOnlyList<IEvent> Events => _events;

    public Func<Guid, string> NameOf => nameOf;

    public void Take(string pointer, Decision decision)
    {
        foreach (var @event in context.Take(pointer, decision))
        {
            topology.Fold(@event);
            _events.Add(@event);
        }
    }
}
