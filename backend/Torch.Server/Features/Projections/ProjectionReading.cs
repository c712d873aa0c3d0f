using Npgsql;
using Torch.Contracts;
using Torch.EventStore;
using Torch.Server.Http;

namespace Torch.Server.Features.Projections;

/// <summary>Projections as the API shows them.</summary>
internal sealed class ProjectionReading(
    NpgsqlDataSource db,
    IReadOnlyList<IProjection> projections,
    ProjectionRunner runner
)
{
    /// <summary>The projection of a name, in either form: <c>Nodes</c> or <c>Nodes:All</c>.</summary>
    public IProjection Named(string name) =>
        ProjectionNames.Find(projections, name) ?? throw new FaultException(Fault.NotFound("projection"));

    public Task<IReadOnlyList<ProjectionView>> AllAsync(CancellationToken cancellationToken) =>
        ReadAsync(projections, cancellationToken);

    public async Task<ProjectionView> OneAsync(IProjection projection, CancellationToken cancellationToken) =>
        (await ReadAsync([projection], cancellationToken))[0];

    private async Task<IReadOnlyList<ProjectionView>> ReadAsync(
        IReadOnlyList<IProjection> wanted,
        CancellationToken cancellationToken
    )
    {
        var progress = await ProjectionProgress.ReadAsync(db, wanted, cancellationToken);
        return [.. progress.Select(View)];
    }

    private ProjectionView View(ProjectionProgress p) =>
        new(
            ProjectionNames.Short(p.Name),
            p.Position,
            p.Behind,
            Math.Round(p.Lag.TotalSeconds, 3),
            p.ParkedStreams,
            p.ParkedEvents,
            runner.Standstill,
            p.Rebuild is { } rebuild ? View(rebuild) : null,
            p.LastRebuild is { } end ? View(end) : null
        );

    private static RebuildView View(RebuildProgress r) =>
        new(
            r.IsVerification ? "verify" : "swap",
            r.StartedAt,
            r.Position,
            r.EventsPerSecond,
            Math.Round(r.Share, 4),
            r.TimeLeft,
            r.Error
        );

    private static RebuildEndView View(RebuildEnd e) =>
        new(
            e.Outcome.ToString().ToLowerInvariant(),
            e.StartedAt,
            e.EndedAt,
            e.Position,
            Hex(e.Comparison?.LiveHash),
            Hex(e.Comparison?.RebuiltHash),
            e.Comparison?.DifferentTable,
            e.Comparison?.DifferentKey
        );

    private static string? Hex(byte[]? hash) => hash is null ? null : Convert.ToHexStringLower(hash);
}
