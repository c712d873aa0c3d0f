using Torch.EventStore;

namespace Torch.Server.Projecting;

/// <summary>Runs the projections, and their rebuilds, as long as the server runs.</summary>
internal sealed class ProjectionHost(ProjectionRunner runner, ProjectionRebuilds rebuilds) : BackgroundService
{
    /// <summary>In the order in which they fold a page.</summary>
    public static IReadOnlyList<IProjection> All() =>
        [
            new NodesProjection(),
            new ChecksProjection(),
            new LatestObservationsProjection(),
            new TransitionsProjection(),
            new MarksProjection(),
            new MaintenanceProjection(),
            new AnnotationsProjection(),
            new RollupsProjection(),
            new StatusesProjection(),
            new AgentsProjection(),
            new GapsProjection(),
            new AbsencesProjection(),
            new ObjectivesProjection(),
            new PushKeysProjection(),
            new ChangesProjection(),
            new PastProjection(),
            new ChannelsProjection(),
            new NoticesProjection(),
            new IncidentsProjection(),
            new StatusPagesProjection(),
            new ServerFiguresProjection(),
            new ServiceEventsProjection(),
        ];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(runner.RunAsync(stoppingToken), rebuilds.RunAsync(stoppingToken));
}
