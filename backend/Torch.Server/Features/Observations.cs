using Npgsql;
using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Pushes;
using Torch.Server.Events;
using Model = Torch.Domain.Checks;

namespace Torch.Server.Features;

/// <summary>An observation as a table holds it.</summary>
internal sealed record ObservationRow(
    string Type,
    byte[] Data,
    long Position,
    DateTimeOffset At,
    DateTimeOffset ReceivedAt
)
{
    /// <summary>Reads type, data, position, at and received_at from five columns in a row.</summary>
    public static ObservationRow Read(NpgsqlDataReader row, int column) =>
        new(
            row.GetString(column),
            row.GetFieldValue<byte[]>(column + 1),
            row.GetInt64(column + 2),
            row.GetFieldValue<DateTimeOffset>(column + 3),
            row.GetFieldValue<DateTimeOffset>(column + 4)
        );

    /// <summary>As <see cref="Read"/>, null where the join found nothing.</summary>
    public static ObservationRow? Maybe(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : Read(row, column);
}

/// <summary>Observations as the API shows them.</summary>
internal static class Observations
{
    public static ObservationView View(ObservationRow row) =>
        View(RowFacts.PutBack(EventCodec.Decode(row.Type, row.Data), default, row.At), row.Position, row.ReceivedAt);

    public static ObservationView View(IEvent? observation, long position, DateTimeOffset receivedAt) =>
        observation switch
        {
            Model.ReportReceived report => Of(report, position, receivedAt),
            Model.ProbeCompleted probe => Of(probe, position, receivedAt),
            RunStarted run => Said(position, run.At, receivedAt, "started", run.Message),
            NoteReceived note => Said(position, note.At, receivedAt, "note", note.Message),
            _ => throw new InvalidOperationException($"the event at {position} is no observation"),
        };

    public static Model.ReportReceived? Report(ObservationRow row) =>
        EventCodec.Decode(row.Type, row.Data) as Model.ReportReceived;

    // What a script says beside its reports stands among them; it was no verdict.
    private static ObservationView Said(
        long position,
        DateTimeOffset at,
        DateTimeOffset receivedAt,
        string outcome,
        string? message
    ) => new(position, at, receivedAt, outcome, null, null, message, null, null, null, null, null, null);

    private static ObservationView Of(Model.ReportReceived report, long position, DateTimeOffset receivedAt) =>
        new(
            position,
            report.At,
            receivedAt,
            report.Status ?? Verdicts.Up,
            null,
            report.Value,
            report.Message,
            report.Metrics,
            null,
            null,
            null,
            null,
            null
        );

    private static ObservationView Of(Model.ProbeCompleted probe, long position, DateTimeOffset receivedAt) =>
        new(
            position,
            probe.At,
            receivedAt,
            probe.Outcome,
            probe.Cause,
            probe.Latency.Total,
            probe.Message,
            null,
            probe.StatusCode,
            Of(probe.Latency),
            Of(probe.Certificate),
            probe.Headers,
            probe.Text,
            Probe: new(
                probe.Agent,
                probe.Address,
                probe.HttpVersion,
                probe.BodyBytes,
                probe.LatenessMs,
                probe.Measures,
                probe.Texts
            ),
            Location: probe.Location ?? Domain.Agents.Locations.Default,
            Stale: probe.Stale
        );

    public static Latency Of(Model.Latency latency) =>
        new(latency.Resolve, latency.Connect, latency.Tls, latency.FirstByte, latency.Transfer, latency.Total);

    private static Certificate? Of(Model.Certificate? certificate) =>
        certificate is null
            ? null
            : new(certificate.Subject, certificate.Issuer, certificate.NotAfter, certificate.DaysLeft);
}
