using System.Globalization;
using Npgsql;
using Torch.EventStore.Reading;

namespace Torch.EventStore.Verifying;

/// <summary>No checkpoint is ahead of the log, and the sequences that the next append goes by are not behind it.</summary>
internal sealed class CheckpointCheck(NpgsqlConnection connection, Findings findings)
{
    private const string Checkpoints = """
        select p.name, p.last_seq_id, torch_log.head() as head from journal.mt_event_progression p
        where p.last_seq_id > torch_log.head() order by p.name
        """;

    // The head first: what is appended between reading it and the sequences only moves these on.
    private const string Sequences = """
        with head as materialized (select torch_log.head() as position)
        select h.position, (select max(t) from (
                select timestamp as t from journal.mt_events where seq_id = h.position
                union all select timestamp from telemetry.mt_events where seq_id = h.position) newest)
        from head h
        """;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await CheckpointsAsync(cancellationToken);
        await SequencesAsync(cancellationToken);
    }

    private async Task CheckpointsAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Checkpoints, connection);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            findings.Add(
                new("checkpoints", $"{rows.GetString(0)} stands beyond the log")
                {
                    Position = rows.GetInt64(1),
                    Expected = string.Create(CultureInfo.InvariantCulture, $"at most {rows.GetInt64(2)}"),
                    Found = rows.GetInt64(1).ToString(CultureInfo.InvariantCulture),
                }
            );
    }

    private async Task SequencesAsync(CancellationToken cancellationToken)
    {
        var (head, micros) = await HeadAsync(cancellationToken);
        var positions = await LastValueAsync("torch_log.positions", cancellationToken);
        var clock = await LastValueAsync("torch_log.clock", cancellationToken);
        if (positions < head)
            findings.Add(Behind("torch_log.positions", head, positions));
        if (clock < micros)
            findings.Add(Behind("torch_log.clock", micros, clock));
    }

    private async Task<(long Head, long Micros)> HeadAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sequences, connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return (row.GetInt64(0), row.IsDBNull(1) ? 0 : StoredEvent.MicrosOf(row.GetDateTime(1)));
    }

    private async Task<long> LastValueAsync(string sequence, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select last_value from {sequence}", connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static Finding Behind(string sequence, long least, long found) =>
        new("checkpoints", $"{sequence} is behind the log")
        {
            Expected = string.Create(CultureInfo.InvariantCulture, $"at least {least}"),
            Found = found.ToString(CultureInfo.InvariantCulture),
        };
}
