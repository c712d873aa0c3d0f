using Torch.Domain;
using Torch.Server.Auth;
using Window = Torch.Domain.Maintenance.MaintenanceWindow;

namespace Torch.Server.Features.Maintenance;

internal static class PostWindow
{
    /// <summary>Plan a maintenance window.</summary>
    /// <remarks>It covers the nodes and all below them. Covered leaves show <c>maintenance</c> while it is open and leave the denominator of their parents; a group is in maintenance only where it has no other problem.</remarks>
    /// <response code="201">Created.</response>
    public static Task<IResult> Handle(
        HttpContext http,
        MaintenanceValidator validator,
        Commands commands,
        Structure structure,
        TimeProvider time
    ) =>
        commands.RunAsync(
            http,
            validator,
            async (wanted, ct) =>
            {
                var (name, nodes, plan, reason) = wanted;
                await RequireNodesAsync(structure, nodes, ct);
                await http.RequireWithinAsync(nodes);
                var id = Guid.CreateVersion7();
                var events = Window
                    .Plan(id, name, nodes, MaintenanceMapping.Read(plan), reason, time.GetUtcNow())
                    .EventsOrRefuse();
                var append = Journaled.Window.Append(id, events, 0, EventHeaders.Of(http, reason));
                return Change.Of(id, append, $"/api/v1/maintenance/{id}");
            }
        );

    /// <summary>Refuses nodes that nobody knows.</summary>
    public static async Task RequireNodesAsync(
        Structure structure,
        IReadOnlyList<Guid> nodeIds,
        CancellationToken ct
    ) =>
        await structure.DecideAsync(
            (topology, _) =>
                nodeIds.FirstOrDefault(id => !topology.Contains(id)) is var missing && missing != Guid.Empty
                    ? Decision.Refuse("unknown_node_id", $"There is no node {missing}.")
                    : Decision.Nothing,
            ct
        );
}
