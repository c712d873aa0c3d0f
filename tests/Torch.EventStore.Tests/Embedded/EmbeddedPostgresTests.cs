using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Torch.EventStore.Embedded;

namespace Torch.EventStore.Tests.Embedded;

/// <summary>Real servers in folders of their own; fsync is off because the machine does not fail here, only processes do.</summary>
public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly string _folder = PostgresServer.ScratchFolder("embedded");

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private EmbeddedPostgresOptions Options => new() { DataDirectory = _folder, Durable = false };

    private string PidFile => Path.Combine(_folder, "cluster", "postmaster.pid");

    private static async Task<object?> QueryAsync(EmbeddedPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private static bool Lives(int pid) =>
        Directory.Exists("/proc") ? Directory.Exists($"/proc/{pid}") : Process.GetProcesses().Any(p => p.Id == pid);

    private static async Task KillAsync(int pid, string signal)
    {
        using var kill = Process.Start("kill", [signal, pid.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    [Fact]
    public async Task What_was_written_is_there_after_a_stop_and_a_start()
    {
        int pid;
        await using (var first = await EmbeddedPostgres.StartAsync(Options))
        {
            pid = first.ProcessId.ShouldNotBeNull();
            await QueryAsync(first, "create table kept as select 42 as n");
        }
        Lives(pid).ShouldBeFalse();
        File.Exists(PidFile).ShouldBeFalse();

        await using var second = await EmbeddedPostgres.StartAsync(Options);
        (await QueryAsync(second, "select n from kept")).ShouldBe(42);
    }

    [Fact]
    public async Task User_data_is_written_with_fsync()
    {
        await using var server = await EmbeddedPostgres.StartAsync(new() { DataDirectory = _folder });

        (await QueryAsync(server, "select current_setting('fsync')")).ShouldBe("on");
        (await QueryAsync(server, "select current_setting('synchronous_commit')")).ShouldBe("on");
    }

    [Fact]
    public async Task A_second_start_on_the_same_folder_says_that_it_is_in_use()
    {
        await using var server = await EmbeddedPostgres.StartAsync(Options);

        var refused = await Should.ThrowAsync<EmbeddedPostgresException>(EmbeddedPostgres.StartAsync(Options));

        refused.Message.ShouldContain("in use");
        (await QueryAsync(server, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_dies_is_started_again_at_the_same_address()
    {
        await using var server = await EmbeddedPostgres.StartAsync(Options);
        var states = new List<EmbeddedPostgresState>();
        server.StateChanged += (_, _) => states.Add(server.State);

        await KillAsync(server.ProcessId!.Value, "-KILL");

        await Eventually.IsTrueAsync(
            () => states.Count >= 2 && states[^1] == EmbeddedPostgresState.Running,
            TimeSpan.FromSeconds(30)
        );
        states[0].ShouldBe(EmbeddedPostgresState.Restarting);
        (await QueryAsync(server, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task What_the_log_acknowledged_outlives_a_killed_server_and_the_log_goes_on_by_itself()
    {
        await using var server = await EmbeddedPostgres.StartAsync(Options);
        await using var dataSource = NpgsqlDataSource.Create(server.ConnectionString);
        await SchemaInstaller.ApplyAsync(dataSource, [], CancellationToken.None);
        await using var log = new EventLog(dataSource);
        var acknowledged = new List<long>();
        await AppendAsync(log, acknowledged);

        await KillAsync(server.ProcessId!.Value, "-KILL");
        var before = acknowledged.Count;
        await Eventually.IsTrueAsync(async () =>
        {
            await AppendAsync(log, acknowledged);
            return server.State == EmbeddedPostgresState.Running && acknowledged.Count > before + 20;
        });

        var page = await log.ReadPageAsync(new PageRead(0, Limit: 10_000));
        acknowledged.Except(page.Events.Select(e => e.Position)).ShouldBeEmpty();
        page.Events.Select(e => e.Id).ShouldBeUnique();
    }

    private static async Task AppendAsync(EventLog log, List<long> acknowledged)
    {
        try
        {
            var request = Some.Append(Log.Journal, Guid.CreateVersion7(), Some.Event());
            acknowledged.Add((await log.MustAppendAsync(request)).Position);
        }
        catch (LogUnavailableException)
        {
            // Not acknowledged.
        }
    }

    [Fact]
    public async Task A_log_without_its_database_says_so_within_two_seconds()
    {
        var server = await EmbeddedPostgres.StartAsync(Options);
        await using var dataSource = NpgsqlDataSource.Create(server.ConnectionString);
        await SchemaInstaller.ApplyAsync(dataSource, [], CancellationToken.None);
        await using var log = new EventLog(dataSource);
        await log.MustAppendAsync(Some.Append(Log.Journal, Guid.CreateVersion7(), Some.Event()));
        await server.DisposeAsync();

        var watch = Stopwatch.StartNew();
        var append = log.AppendAsync(Some.Append(Log.Journal, Guid.CreateVersion7(), Some.Event()));
        await Should.ThrowAsync<LogUnavailableException>(append);

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
        await Should.ThrowAsync<LogUnavailableException>(log.HeadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_server_left_behind_by_a_killed_Torch_is_stopped_and_its_data_used()
    {
        await using (var first = await EmbeddedPostgres.StartAsync(Options))
            await QueryAsync(first, "create table kept as select 7 as n");
        using var leftover = StartByHand((await PostgresBinaries.FindAsync(null, CancellationToken.None))[0]);
        await Eventually.IsTrueAsync(() => File.Exists(PidFile) && File.ReadAllText(PidFile).Contains("ready"));

        await using var second = await EmbeddedPostgres.StartAsync(Options);

        (await QueryAsync(second, "select n from kept")).ShouldBe(7);
        await leftover.WaitForExitAsync();
        second.ProcessId.ShouldNotBe(leftover.Id);
    }

    // As PostgreSQL runs when its Torch is gone: nobody holds the folder's lock.
    private Process StartByHand(PostgresBinaries binaries)
    {
        string[] prefix =
            Environment.UserName == "root" ? ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"] : [];
        string[] command =
        [
            .. prefix,
            binaries.Program("postgres"),
            "-D",
            Path.Combine(_folder, "cluster"),
            "-c",
            "listen_addresses=",
            "-c",
            "unix_socket_directories=" + Path.Combine(_folder, "run"),
        ];
        return Process.Start(
            new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardError = true }
        )!;
    }

    [Fact]
    public async Task A_pid_file_that_names_some_other_process_does_not_stop_the_start()
    {
        await using (await EmbeddedPostgres.StartAsync(Options)) { }
        await File.WriteAllTextAsync(PidFile, $"{Environment.ProcessId}\n{_folder}/cluster\n1\n5432\n\n\n\nready\n");

        await using var server = await EmbeddedPostgres.StartAsync(Options);

        (await QueryAsync(server, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_folder_of_another_version_is_refused_in_one_line_that_names_both()
    {
        var cluster = Directory.CreateDirectory(Path.Combine(_folder, "cluster"));
        await File.WriteAllTextAsync(Path.Combine(cluster.FullName, "PG_VERSION"), "9\n");
        var found = (await PostgresBinaries.FindAsync(null, CancellationToken.None))[0].Major;

        var refused = await Should.ThrowAsync<EmbeddedPostgresException>(EmbeddedPostgres.StartAsync(Options));

        refused.Message.ShouldContain("PostgreSQL 9");
        refused.Message.ShouldContain($"PostgreSQL {found}");
        refused.Message.ShouldNotContain("\n");
    }

    [Fact]
    public async Task Missing_binaries_are_told_in_one_line()
    {
        var nowhere = Options with { BinDirectory = Path.GetTempPath() };

        var refused = await Should.ThrowAsync<EmbeddedPostgresException>(EmbeddedPostgres.StartAsync(nowhere));

        refused.Message.ShouldContain("TORCH_POSTGRES_BIN");
    }

    [Fact]
    public async Task A_server_that_cannot_start_says_why()
    {
        await using (await EmbeddedPostgres.StartAsync(Options)) { }
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "cluster", "postgresql.auto.conf"),
            "no_such_setting = on\n"
        );

        var refused = await Should.ThrowAsync<EmbeddedPostgresException>(EmbeddedPostgres.StartAsync(Options));

        refused.Message.ShouldContain("no_such_setting");
    }

    [Fact]
    public async Task A_folder_with_a_long_path_still_gets_a_socket()
    {
        var deep = Options with { DataDirectory = Path.Combine(_folder, new string('x', 100)) };

        await using var server = await EmbeddedPostgres.StartAsync(deep);

        (await QueryAsync(server, "select 1")).ShouldBe(1);
    }
}
