using System.Globalization;
using Npgsql;

namespace Torch.EventStore.Verifying;

/// <summary>The catalogue of partitions says what PostgreSQL has attached and what each one's CHECK allows, without gaps between them.</summary>
internal sealed class PartitionCheck(NpgsqlConnection connection, Findings findings)
{
    // Catalogue, attachment and CHECK side by side, each with its edges; one statement, so that a switch is seen before or after it.
    private const string Compare = """
        with attached as (
            select c.relname, pg_get_expr(c.relpartbound, c.oid) as bound,
                (select pg_get_constraintdef(k.oid) from pg_constraint k
                    where k.conrelid = c.oid and k.contype = 'c' and pg_get_constraintdef(k.oid) like '%seq_id%' limit 1) as "check"
            from pg_inherits i join pg_class c on c.oid = i.inhrelid
            where i.inhparent = 'telemetry.mt_events'::regclass and not i.inhdetachpending
        )
        select coalesce(p.name, a.relname), p.from_position, p.to_position,
            (regexp_match(a.bound, 'FROM \(''(-?\d+)''\)'))[1]::bigint, (regexp_match(a.bound, 'TO \(''(-?\d+)''\)'))[1]::bigint,
            (regexp_match(a."check", 'seq_id >= ''?(-?\d+)'))[1]::bigint, (regexp_match(a."check", 'seq_id < ''?(-?\d+)'))[1]::bigint
        from torch_log.telemetry_partitions p full join attached a on a.relname = p.name
        order by coalesce(p.from_position, 0), 1
        """;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    private sealed record Edges(long? From, long? To)
    {
        public override string ToString() =>
            From is null ? "none" : string.Create(CultureInfo.InvariantCulture, $"[{From}, {To})");
    }

    private sealed record Partition(string Name, Edges Catalogue, Edges Attached, Edges Allowed);

    public int Count { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var found = Judge(await ReadAsync(cancellationToken));
        // Retention detaches, drops and writes the catalogue in several steps: only what stays wrong is wrong.
        if (found.Count > 0)
        {
            await Task.Delay(Settling, cancellationToken);
            found = Judge(await ReadAsync(cancellationToken));
        }
        findings.AddRange(found);
        foreach (var partition in await ReadAsync(cancellationToken))
            if (partition.Attached.From is not null)
                await ContentsAsync(partition, cancellationToken);
    }

    private async Task<List<Partition>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Compare, connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var partitions = new List<Partition>();
        while (await row.ReadAsync(cancellationToken))
            partitions.Add(new(row.GetString(0), At(row, 1), At(row, 3), At(row, 5)));
        Count = partitions.Count;
        return partitions;
    }

    private static Edges At(NpgsqlDataReader row, int column) =>
        new(
            row.IsDBNull(column) ? null : row.GetInt64(column),
            row.IsDBNull(column + 1) ? null : row.GetInt64(column + 1)
        );

    private static List<Finding> Judge(List<Partition> partitions)
    {
        var found = new List<Finding>();
        foreach (var partition in partitions)
        {
            if (partition.Attached != partition.Catalogue)
                found.Add(Differs(partition, "is attached otherwise than the catalogue says", partition.Attached));
            else if (partition.Allowed != partition.Catalogue)
                found.Add(Differs(partition, "has a CHECK other than the catalogue says", partition.Allowed));
        }
        foreach (var (before, after) in partitions.Zip(partitions.Skip(1)))
            if (before.Catalogue.To is { } to && after.Catalogue.From is { } from && to != from)
                found.Add(
                    new("partitions", $"{after.Name} does not begin where {before.Name} ends")
                    {
                        Position = to,
                        Expected = to.ToString(CultureInfo.InvariantCulture),
                        Found = from.ToString(CultureInfo.InvariantCulture),
                    }
                );
        return found;
    }

    private static Finding Differs(Partition partition, string what, Edges edges) =>
        new("partitions", $"{partition.Name} {what}")
        {
            Position = partition.Catalogue.From ?? partition.Attached.From,
            Expected = partition.Catalogue.ToString(),
            Found = edges.ToString(),
        };

    // By the ends of the primary key: two look-ups, however large the partition is.
    private async Task ContentsAsync(Partition partition, CancellationToken cancellationToken)
    {
        var name = new NpgsqlCommandBuilder().QuoteIdentifier(partition.Name);
        try
        {
            await using var command = new NpgsqlCommand(
                $"select min(seq_id), max(seq_id) from only telemetry.{name}",
                connection
            );
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            await row.ReadAsync(cancellationToken);
            if (!row.IsDBNull(0))
                JudgeContents(partition, row.GetInt64(0), row.GetInt64(1));
        }
        catch (PostgresException gone) when (gone.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // Retention has dropped it meanwhile.
        }
    }

    private void JudgeContents(Partition partition, long first, long last)
    {
        foreach (var position in (long[])[first, last])
            if (position < partition.Attached.From || position >= partition.Attached.To)
                findings.Add(
                    new("partitions", $"{partition.Name} holds an event that is not its own")
                    {
                        Log = Log.Telemetry,
                        Position = position,
                        Expected = "within " + partition.Attached,
                        Found = position.ToString(CultureInfo.InvariantCulture),
                    }
                );
    }
}
