using Torch.EventStore;

namespace Torch.Server.Projecting;

/// <summary>Runs the projections as long as the server runs.</summary>
internal sealed class ProjectionHost(ProjectionRunner runner) : BackgroundService
{
    /// <summary>In the order in which they fold a page: a node's row stands before its first transition.</summary>
    public static IReadOnlyList<IProjection> All() =>
        [
            new NodesProjection(),
            new ChecksProjection(),
            new LatestObservationsProjection(),
            new TransitionsProjection(),
            new RollupsProjection(),
        ];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => runner.RunAsync(stoppingToken);
}
