using System.Text.Json;
using Npgsql;
using Torch.Domain;
using Torch.Domain.Incidents;
using Torch.Domain.Nodes;
using Torch.Domain.Statuses;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Features;

namespace Torch.Server.Projecting;

/// <summary>Incidents between the book and their rows.</summary>
internal static class IncidentRows
{
    /// <summary>What <see cref="Read"/> reads.</summary>
    public const string Columns =
        "id, cause_id, position, at, status, worst, since, sentence, ended_at, suppressed_by, acknowledged, affected, end_position, end_moment, "
        + "first_sentence, end_sentence";

    /// <summary>
    /// The book with all that is open, and who stands above the concerned nodes and above those that the incidents of these, or those that are
    /// over, drag along: what stays bad of an incident becomes a cause itself.
    /// </summary>
    public static async Task<IncidentBook> LoadAsync(
        ProjectionBatch batch,
        Guid[] concerned,
        CancellationToken cancellationToken
    )
    {
        await using var read = new NpgsqlBatch(batch.Connection, batch.Transaction);
        read.BatchCommands.Add(new($"select data from {batch.Schema}.incident_statuses order by position"));
        read.BatchCommands.Add(
            new($"select {Columns} from {batch.Schema}.incidents where ended_at is null or leaving")
        );
        var above = new NpgsqlBatchCommand(
            $"""
            with recursive concerned as (
                select unnest($1) as id
                union
                select unnest(i.node_ids) from {batch.Schema}.incidents i where i.leaving
                union
                select unnest(i.node_ids) from {batch.Schema}.incidents i where i.ended_at is null and i.cause_id = any($1)
            ), up as (
                select e.child_id, e.parent_id from {batch.Schema}.incident_edges e where e.child_id in (select id from concerned)
                union
                select e.child_id, e.parent_id from up join {batch.Schema}.incident_edges e on e.child_id = up.parent_id
            )
            select child_id, parent_id from up order by child_id, parent_id
            """
        );
        above.Parameters.Add(Of.Ids(concerned));
        read.BatchCommands.Add(above);
        await using var rows = await read.ExecuteReaderAsync(cancellationToken);
        var statuses = new List<IEvent>();
        while (await rows.ReadAsync(cancellationToken))
            statuses.Add(EventCodec.Decode("status_defined", rows.GetFieldValue<byte[]>(0))!);
        var open = await RowsAsync(rows, Read, cancellationToken);
        var parents = await RowsAsync(rows, r => (r.GetGuid(0), r.GetGuid(1)), cancellationToken);
        return IncidentBook.Load(StatusCatalog.BuiltIn.Fold(statuses), open, parents);
    }

    public static void Put(Commands commands, IEnumerable<Incident> incidents)
    {
        foreach (var incident in incidents.OrderBy(i => i.Position).ThenBy(i => i.Id))
            commands.Add(
                $"""
                insert into {commands.Schema}.incidents ({Columns}, node_ids, leaving)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
                on conflict (id) do update
                set status = excluded.status, worst = excluded.worst, since = excluded.since, sentence = excluded.sentence,
                    ended_at = excluded.ended_at, suppressed_by = excluded.suppressed_by, acknowledged = excluded.acknowledged,
                    affected = excluded.affected, node_ids = excluded.node_ids, end_position = excluded.end_position,
                    end_moment = excluded.end_moment, end_sentence = excluded.end_sentence, leaving = excluded.leaving
                """,
                Of.Id(incident.Id),
                Of.Id(incident.CauseId),
                Of.Number(incident.Position),
                Of.Time(incident.At),
                Of.Text(incident.Status),
                Of.Text(incident.Worst),
                Of.Time(incident.Since),
                Of.Text(incident.Sentence),
                Of.MaybeTime(incident.EndedAt),
                Of.Ids(incident.SuppressedBy),
                Of.Json(incident.Acknowledged is { } by ? Json(by) : null),
                Of.Json(Json(incident.Affected)),
                Of.MaybeLong(incident.EndPosition),
                Of.MaybeLong(incident.EndMoment),
                Of.Text(incident.FirstSentence),
                Of.Text(incident.EndSentence),
                Of.Ids(incident.Affected.Select(a => a.NodeId).Prepend(incident.CauseId).Distinct()),
                Of.Flag(incident.IsLeaving)
            );
    }

    public static Incident Read(NpgsqlDataReader row) =>
        new(row.GetGuid(0), row.GetGuid(1), row.GetInt64(2), row.GetFieldValue<DateTimeOffset>(3))
        {
            Status = row.GetString(4),
            Worst = row.GetString(5),
            Since = row.GetFieldValue<DateTimeOffset>(6),
            Sentence = row.GetString(7),
            EndedAt = row.Maybe<DateTimeOffset?>(8),
            SuppressedBy = row.GetFieldValue<Guid[]>(9),
            Acknowledged = row.Maybe<byte[]>(10) is { } by
                ? JsonSerializer.Deserialize(by, EventJson.Default.Acknowledgement)
                : null,
            Affected = JsonSerializer.Deserialize(
                row.GetFieldValue<byte[]>(11),
                EventJson.Default.IReadOnlyListAffected
            )!,
            EndPosition = row.Maybe<long?>(12),
            EndMoment = row.Maybe<long?>(13),
            FirstSentence = row.GetString(14),
            EndSentence = row.Maybe<string>(15),
        };

    private static byte[] Json(Acknowledgement by) =>
        JsonSerializer.SerializeToUtf8Bytes(by, EventJson.Default.Acknowledgement);

    private static byte[] Json(IReadOnlyList<Affected> affected) =>
        JsonSerializer.SerializeToUtf8Bytes(affected, EventJson.Default.IReadOnlyListAffected);

    private static async Task<List<T>> RowsAsync<T>(
        NpgsqlDataReader rows,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        await rows.NextResultAsync(cancellationToken);
        var found = new List<T>();
        while (await rows.ReadAsync(cancellationToken))
            found.Add(read(rows));
        return found;
    }
}
