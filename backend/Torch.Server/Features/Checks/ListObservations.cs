using Npgsql;
using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Evaluating;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Checks;

internal static class ListObservations
{
    private const string Query = """
        select e.version, e.type, e.data, e.seq_id, e.timestamp, e.timestamp
        from telemetry.mt_events e
        where e.stream_id = $1 and e.version < $2 and e.type in ('report_received', 'probe_completed', 'run_started', 'note_received')
        order by e.version desc
        limit $3
        """;

    /// <summary>What a check observed, newest first.</summary>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="before">The <c>next</c> of the page before.</param>
    public static async Task<ObservationPage> Handle(
        Guid id,
        int? limit,
        string? before,
        NpgsqlDataSource db,
        IReadPosition reads,
        Sight sight,
        IEvaluation evaluation,
        CancellationToken cancellationToken
    )
    {
        await CheckReading.RequireAsync(db, id, sight, cancellationToken);
        var window = evaluation.LateWindow;
        var most = Limit.Of(limit);
        var cursor = Cursor.ReadBefore(before);
        await CheckReading.KindAsync(db, id, cancellationToken);
        var position = reads.Position;
        var rows = await db.QueryAsync(Query, [id, cursor, most + 1], Row, cancellationToken);
        var page = Paging.Of(rows, most, r => Cursor.Write(r.Version), position);
        return new ObservationPage(
            [.. page.Items.Select(r => Marked(r.View, window))],
            page.Next,
            position,
            await RetainedObservations.FromAsync(db, cancellationToken)
        );
    }

    private static ObservationView Marked(ObservationView view, TimeSpan window) =>
        view.At < view.ReceivedAt - window ? view with { TooLate = true } : view;

    private static (long Version, ObservationView View) Row(NpgsqlDataReader row) =>
        (row.GetInt64(0), Observations.View(ObservationRow.Read(row, 1)));
}
