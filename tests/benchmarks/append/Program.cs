using System.Text;
using Npgsql;
using NpgsqlTypes;
using Torch.Benchmarks.Common;
using Torch.EventStore;
using Torch.EventStore.Embedded;

// Appends and reads on a PostgreSQL of its own, fsync on, and prints CPU milliseconds per 1,000 events beside a raw COPY.
// usage: [folder] [events]
var folder = args.Length > 0 ? args[0] : Path.Combine(Path.GetTempPath(), "torch-bench-" + Environment.ProcessId);
var total = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 300_000;
await using var server = await EmbeddedPostgres.StartAsync(new() { DataDirectory = folder });
await using var dataSource = NpgsqlDataSource.Create(server.ConnectionString);
await SchemaInstaller.ApplyAsync(dataSource, [], CancellationToken.None);
var meter = new CpuMeter(Environment.ProcessId);
var streams = Enumerable.Range(0, 1_000).Select(_ => Guid.CreateVersion7()).ToArray();
var data = Encoding.UTF8.GetBytes(
    """{"source":"backup/db1","status":"up","value":12.5,"message":"backup finished","metrics":{"disk.used":0.8}}"""
);
double ours;
await using (var log = new EventLog(dataSource))
{
    await BatchesAsync(log, 50_000);
    var (wal, disk) = (await WalAsync(), await DiskAsync());
    var batches = await MeasureAsync(
        "append, batches of 1,000 over 1,000 streams",
        total,
        () => BatchesAsync(log, total)
    );
    Console.WriteLine(
        $"  bytes per event: {(await DiskAsync() - disk) / total} on disk with its indexes, {(await WalAsync() - wal) / total} of WAL"
    );
    ours = batches.Rate;
    await SinglesAsync(log, 5_000);
    await MeasureAsync("append, single events from 64 writers", total / 2, () => SinglesAsync(log, total / 2));
    await MeasureAsync("append, requests of 10 from 16 writers", total, () => SinglesAsync(log, total, 10, 16));
    await MeasureAsync("read pages of 1,000", total, () => ReadAsync(log, total));
}
await PrepareCopyAsync();
var copied = await MeasureAsync(
    "COPY into an identical table, batches of 1,000, then its stream rows",
    total,
    () => CopyAsync(total)
);
Console.WriteLine(FormattableString.Invariant($"  appends in batches / COPY: {ours / copied.Rate:0.00} of its rate"));
await server.DisposeAsync();
NpgsqlConnection.ClearAllPools();
Directory.Delete(folder, recursive: true);

EventData Event() => new(Guid.CreateVersion7(), "report_received", data);

async Task BatchesAsync(EventLog log, int count)
{
    for (var done = 0; done < count; done += 1_000)
    {
        var request = new AppendRequest
        {
            Streams = [.. streams.Select(s => new StreamAppend(Log.Telemetry, s, [Event()], "check"))],
        };
        await log.AppendAsync(request, CancellationToken.None);
    }
}

async Task SinglesAsync(EventLog log, int count, int size = 1, int writers = 64)
{
    var next = 0;
    await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(WriteAsync)));

    async Task WriteAsync()
    {
        while (Interlocked.Add(ref next, size) is var n && n <= count)
        {
            var stream = streams[n / size % streams.Length];
            var events = Enumerable.Range(0, size).Select(_ => Event()).ToArray();
            var request = new AppendRequest { Streams = [new StreamAppend(Log.Telemetry, stream, events, "check")] };
            await log.AppendAsync(request, CancellationToken.None);
        }
    }
}

Task<long> WalAsync() => ScalarAsync("select (pg_current_wal_lsn() - '0/0')::bigint");

Task<long> DiskAsync() =>
    ScalarAsync("select sum(pg_total_relation_size(relid))::bigint from pg_partition_tree('telemetry.mt_events')");

async Task<long> ScalarAsync(string sql)
{
    await using var command = dataSource.CreateCommand(sql);
    return (long)(await command.ExecuteScalarAsync())!;
}

async Task ReadAsync(EventLog log, int count)
{
    long after = 0;
    for (var read = 0; read < count; )
    {
        var page = await log.ReadPageAsync(new PageRead(after), CancellationToken.None);
        (after, read) = (page.Through, read + page.Events.Count);
    }
}

async Task PrepareCopyAsync()
{
    const string sql = """
        create schema bench;
        create table bench.events (like telemetry.mt_events including defaults, primary key (seq_id));
        create unique index on bench.events (stream_id, version);
        create table bench.streams (like telemetry.mt_streams including all) with (fillfactor = 50);
        insert into bench.streams select * from telemetry.mt_streams;
        """;
    await using var command = dataSource.CreateCommand(sql);
    await command.ExecuteNonQueryAsync();
}

async Task CopyAsync(int count)
{
    await using var connection = await dataSource.OpenConnectionAsync();
    for (var done = 0; done < count; done += 1_000)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using (
            var copy = await connection.BeginBinaryImportAsync(
                "copy bench.events (seq_id, id, stream_id, version, data, type, timestamp) from stdin (format binary)"
            )
        )
        {
            for (var i = 0; i < 1_000; i++)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync((long)(done + i), NpgsqlDbType.Bigint);
                await copy.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid);
                await copy.WriteAsync(streams[i], NpgsqlDbType.Uuid);
                await copy.WriteAsync((long)(done / 1_000 + 1), NpgsqlDbType.Bigint);
                await copy.WriteAsync(data, NpgsqlDbType.Jsonb);
                await copy.WriteAsync("report_received", NpgsqlDbType.Text);
                await copy.WriteAsync(TimeProvider.System.GetUtcNow().UtcDateTime, NpgsqlDbType.TimestampTz);
            }
            await copy.CompleteAsync();
        }
        await using var update = new NpgsqlCommand(
            "update bench.streams s set version = s.version + 1, timestamp = now() where s.id = any ($1)",
            connection
        );
        update.Parameters.Add(new() { Value = streams });
        await update.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }
}

async Task<Measurement> MeasureAsync(string what, int count, Func<Task> work)
{
    var measured = await Measurement.TakeAsync(what, count, meter, work);
    Console.WriteLine(measured.Line("client"));
    return measured;
}
