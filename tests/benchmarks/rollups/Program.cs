using System.Globalization;
using Npgsql;
using Torch.Benchmarks.Common;
using Torch.Benchmarks.Rollups;
using Torch.EventStore;
using Torch.EventStore.Embedded;
using Torch.Server.Events;
using Torch.Server.Projecting;

// How many observations a second the projection of rollups folds: behind a log that is there already, and following one that grows.
// Everything runs in this process but PostgreSQL: the writer, the log's tail, the projection. CPU is told of both.
// usage: [checks] [observations a second] [seconds] [folder]
var checks = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000;
var rate = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20_000;
var seconds = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 15;
var folder = args.Length > 3 ? args[3] : Path.Combine(Path.GetTempPath(), "torch-bench-" + Environment.ProcessId);
await using var server = await EmbeddedPostgres.StartAsync(new() { DataDirectory = folder });
await using var db = NpgsqlDataSource.Create(
    server.ConnectionString + ";Max Auto Prepare=100;Auto Prepare Min Usages=3"
);
await SchemaInstaller.ApplyAsync(db, SchemaScript.EmbeddedIn(typeof(EventCodec).Assembly), CancellationToken.None);
await using (var log = new EventLog(db))
{
    var (load, meter) = (new Load(log, checks, rate), new CpuMeter(Environment.ProcessId));
    var head = await load.AppendAsync(rate * seconds);

    await using var tail = new LogTail(log);
    var runner = new ProjectionRunner(db, tail, [new RollupsProjection()]);
    using var stop = new CancellationTokenSource();
    var running = Task.CompletedTask;
    var behind = await Measurement.TakeAsync(
        $"{checks:N0} checks, catching up",
        rate * seconds,
        meter,
        async () =>
        {
            running = runner.RunAsync(stop.Token);
            await runner.WaitForAsync(head, CancellationToken.None);
        }
    );
    Console.WriteLine(behind.Line("projection"));

    var lag = new Lag(runner, log);
    var live = await Measurement.TakeAsync(
        $"{checks:N0} checks, live at {rate:N0}/s with the writer",
        rate * seconds,
        meter,
        async () =>
        {
            var watching = lag.WatchAsync(stop.Token);
            head = await load.PacedAsync(seconds);
            await runner.WaitForAsync(head, CancellationToken.None);
            lag.End();
            await watching;
        }
    );
    Console.WriteLine(live.Line("writer and projection"));
    Console.WriteLine(lag.Line());
    await stop.CancelAsync();
    await running;
}
await server.DisposeAsync();
NpgsqlConnection.ClearAllPools();
Directory.Delete(folder, recursive: true);
