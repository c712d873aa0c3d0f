using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Torch.Agent.Export;
using Torch.Agent.Scheduling;
using Torch.Agent.Spool;
using Torch.Contracts;
using Torch.Probes;

namespace Torch.Agent;

/// <summary>An agent: scheduler, probes and exporter on one connection to a server. A hosted service, or run by hand.</summary>
public sealed class AgentHost : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly IServerConnection _server;
    private readonly AgentOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<AgentHost> _log;
    private readonly AgentMeter _meter;
    private readonly ProbeRunner _runner;
    private readonly Scheduler _scheduler;
    private readonly IResultBuffer _buffer;
    private readonly DiskSpool? _spool;
    private readonly Exporter _exporter;

    /// <param name="context">Its <see cref="ProbeContext.Agent"/> is the name that results carry.</param>
    public AgentHost(IServerConnection server, AgentOptions options, ProbeContext context, ILoggerFactory logs)
    {
        _server = server;
        _options = options;
        _time = context.Time;
        _log = logs.CreateLogger<AgentHost>();
        _spool = options.Spool is { } spool ? new DiskSpool(spool, _time, logs.CreateLogger<DiskSpool>()) : null;
        _buffer = _spool ?? (IResultBuffer)new MemoryBuffer(options.MaxWaitingResults);
        server.Condition = Condition;
        _meter = new AgentMeter(_buffer);
        _runner = new ProbeRunner(options, context with { Agent = options.Name }, _meter);
        _scheduler = new Scheduler(_time, RunScheduledAsync, logs.CreateLogger<Scheduler>());
        _exporter = new Exporter(_buffer, server.DeliverAsync, options.Pacing, _time, logs.CreateLogger<Exporter>());
    }

    /// <summary>Whether its scheduler looks for what is due when it meant to; without a scheduler there is nothing to be late with.</summary>
    public bool IsAtWork => !_options.Schedules || _scheduler.IsAtWork;

    /// <summary>Runs until cancelled; then probes under way are given up and finished results are delivered.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _log.LogInformation(
            "Agent {Agent} runs {Kinds} checks, at most {Probes} at once and {PerHost} of one host",
            _options.Name,
            string.Join(", ", ProbeRegistry.Kinds),
            _options.MaxProbes,
            _options.MaxProbesPerHost
        );
        using var stopExport = new CancellationTokenSource();
        var exporting = _options.Exports
            ? KeepAsync("exporter", _exporter.RunAsync, stopExport.Token)
            : Task.CompletedTask;
        await Task.WhenAll(
            _options.Schedules ? KeepAsync("scheduler", _scheduler.RunAsync, cancellationToken) : Task.CompletedTask,
            FollowAsync(_server.ChecksAsync, TakeChecks, cancellationToken),
            FollowAsync(_server.CommandsAsync, run => _ = RunCommandAsync(run, cancellationToken), cancellationToken)
        );
        await stopExport.CancelAsync();
        await exporting;
        _spool?.Dispose();
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    // One that ends by a fault begins again: an agent of which a part has ended would only seem to be at work.
    private async Task KeepAsync(string what, Func<CancellationToken, Task> loop, CancellationToken cancellationToken)
    {
        while (true)
            try
            {
                await loop(cancellationToken);
                return;
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                _log.LogError(fault, "The agent's {Part} failed and begins again", what);
                await Task.Delay(Pause, _time, cancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    private AgentCondition Condition()
    {
        var spool = _spool?.Condition;
        return new AgentCondition(
            _spool?.Id ?? Guid.Empty,
            spool is null
                ? null
                : new SpoolState(spool.Waiting, spool.Bytes, spool.OldestAt, spool.Dropped, spool.Fault),
            _scheduler.Lateness,
            spool?.Fault is { } fault ? [$"The spool cannot be written, results stay in memory: {fault}"] : []
        );
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    private void TakeChecks(IReadOnlyList<ScheduledCheck> checks) =>
        _scheduler.Replace([.. checks.Where(check => ProbeRegistry.Kinds.Contains(check.Kind))]);

    private async Task RunScheduledAsync(
        ScheduledCheck check,
        Func<TimeSpan> lateness,
        CancellationToken cancellationToken
    )
    {
        var runId = Guid.CreateVersion7(_time.GetUtcNow());
        var run = new RunProbe(runId, check.CheckId, check.Kind, check.Timeout, check.Settings);
        _buffer.Add(await _runner.RunAsync(run, lateness, cancellationToken));
    }

    private async Task RunCommandAsync(RunProbe run, CancellationToken cancellationToken)
    {
        try
        {
            var result = await _runner.RunAsync(run, static () => TimeSpan.Zero, cancellationToken);
            if (run.IsTrial)
                await _server.AnswerAsync(result with { Items = null }, cancellationToken);
            else
                _buffer.Add(result);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The agent stops; whoever asked learns it by the missing result.
        }
        catch (Exception fault)
        {
            _log.LogError(fault, "The run of check {CheckId} on demand failed", run.CheckId);
        }
    }

    /// <summary>Reads a stream for as long as the agent runs, calling again where it ends or fails.</summary>
    private async Task FollowAsync<T>(
        Func<CancellationToken, IAsyncEnumerable<T>> open,
        Action<T> take,
        CancellationToken cancellationToken
    )
    {
        var failures = 0;
        try
        {
            while (true)
            {
                failures = await ReadToItsEndAsync(open, take, failures, cancellationToken);
                var wait = _options.Pacing.BackOff(failures, Random.Shared.NextDouble());
                await Task.Delay(wait, _time, cancellationToken);
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping is how following ends, also where a request fails in the same moment.
        }
    }

    /// <summary>How many times in a row nothing came, this time included.</summary>
    private async Task<int> ReadToItsEndAsync<T>(
        Func<CancellationToken, IAsyncEnumerable<T>> open,
        Action<T> take,
        int failures,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await foreach (var item in open(cancellationToken).WithCancellation(cancellationToken))
            {
                failures = 0;
                take(item);
            }
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            _log.LogWarning("The server is away: {Reason}; the checks known so far go on", fault.Message);
            _log.LogDebug(fault, "Reading from the server failed");
        }
        return failures + 1;
    }
}
