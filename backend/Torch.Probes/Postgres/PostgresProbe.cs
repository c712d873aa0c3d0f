using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Torch.Contracts;
using Torch.Probes.Net;
using Torch.Probes.Tls;

namespace Torch.Probes.Postgres;

/// <summary>A session with PostgreSQL: resolve, connect, encrypt, log in, one query that cannot write.</summary>
internal static class PostgresProbe
{
    private const int DefaultPort = 5432;
    private const int MaxStoredBytes = 4 * 1024;

    public static Task<ProbeCompleted> RunAsync(
        RunProbe run,
        ProbeContext context,
        CancellationToken cancellationToken
    ) =>
        ProbeFrame.RunAsync(
            run,
            context,
            (recording, over) =>
                AskAsync(
                    run.Settings.Postgres ?? throw ProbeFault.Local("The check has no PostgreSQL settings."),
                    context,
                    recording,
                    over
                ),
            cancellationToken
        );

    private static async Task AskAsync(
        PostgresSettings settings,
        ProbeContext context,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        var (stream, isEncrypted) = await OpenAsync(settings, context, recording, cancellationToken);
        await using (stream)
        {
            recording.Phase = "logging in";
            var wire = new PostgresWire(stream);
            await new PostgresLogin(settings, wire, isEncrypted).PerformAsync(cancellationToken);
            recording.Phase = "waiting for the query";
            var value = await QueryAsync(settings.Query ?? "select 1", wire, recording, cancellationToken);
            Record(value, recording);
            await wire.SendAsync('X', [], cancellationToken);
        }
    }

    private static async Task<(Stream Stream, bool IsEncrypted)> OpenAsync(
        PostgresSettings settings,
        ProbeContext context,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        var stream = await Opening.ConnectAsync(
            settings.Host,
            settings.Port ?? DefaultPort,
            settings.AddressFamily,
            context,
            recording,
            cancellationToken
        );
        var mode = settings.Tls ?? "prefer";
        try
        {
            var isOffered = mode is not "disable" && await IsTlsOfferedAsync(stream, recording, cancellationToken);
            if (!isOffered)
                return mode is "disable" or "prefer"
                    ? (stream, false)
                    : throw new ProbeFault(Causes.Tls, "The target has TLS switched off.");
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
        var ask = new TlsAsk(settings.Host, IgnoreCertificate: mode is not "verify");
        return (await TlsHandshake.PerformAsync(stream, ask, context, recording, cancellationToken), true);
    }

    private static async Task<bool> IsTlsOfferedAsync(
        Stream stream,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        recording.Phase = "asking for TLS";
        await stream.WriteAsync(StartTls.PostgresRequest, cancellationToken);
        // One byte and no more: what would come after it came in the clear.
        var answer = new byte[1];
        if (await stream.ReadAsync(answer, cancellationToken) == 0)
            throw Faults.ClosedEarly();
        return answer[0] switch
        {
            (byte)'S' => true,
            (byte)'N' => false,
            _ => throw new ProbeFault(Causes.Protocol, "The answer is not PostgreSQL's protocol."),
        };
    }

    /// <summary>
    /// By the extended protocol, which takes one statement and no more: none can end the transaction that may only read and begin another.
    /// </summary>
    /// <returns>The first column of the first row; null where there is none, or it is null.</returns>
    private static async Task<string?> QueryAsync(
        string query,
        PostgresWire wire,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        await wire.SendAsync('Q', PostgresWire.Texts("begin read only"), cancellationToken);
        await UntilReadyAsync(wire, cancellationToken);
        var asked = recording.Mark();
        // Parse, Bind, Execute at most one row, Sync: the nameless statement and portal, everything as text.
        await wire.SendAsync('P', [.. PostgresWire.Texts("", query), 0, 0], cancellationToken);
        await wire.SendAsync('B', [.. PostgresWire.Texts("", ""), 0, 0, 0, 0, 0, 0], cancellationToken);
        await wire.SendAsync('E', [.. PostgresWire.Texts(""), 0, 0, 0, 1], cancellationToken);
        await wire.SendAsync('S', [], cancellationToken);
        var value = await UntilReadyAsync(wire, cancellationToken);
        recording.Answered(asked, recording.Mark());
        return value;
    }

    private static async Task<string?> UntilReadyAsync(PostgresWire wire, CancellationToken cancellationToken)
    {
        string? value = null;
        while (true)
        {
            var (type, body) = await wire.ReceiveAsync(cancellationToken);
            if (type == 'E')
                throw PostgresError.Fault(body);
            if (type == 'D')
                value ??= FirstColumn(body);
            if (type == 'Z')
                return value;
        }
    }

    // The number of columns, then for each its length, -1 for null, and its text.
    private static string? FirstColumn(byte[] row)
    {
        if (row.Length < 6 || BinaryPrimitives.ReadInt16BigEndian(row) < 1)
            return null;
        var length = BinaryPrimitives.ReadInt32BigEndian(row.AsSpan(2));
        return length < 0 ? null : Encoding.UTF8.GetString(row.AsSpan(6, Math.Min(length, row.Length - 6)));
    }

    private static void Record(string? value, ProbeRecording recording)
    {
        if (value is null)
            return;
        recording.Text = StorableText.Cap(value, MaxStoredBytes);
        if (
            double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
        )
            recording.Measures["value"] = number;
    }
}
