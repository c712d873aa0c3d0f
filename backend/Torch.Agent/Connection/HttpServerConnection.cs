using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Torch.Agent.Logging;
using Torch.Contracts;
using Torch.Probes;

namespace Torch.Agent.Connection;

/// <summary>
/// The way to a server elsewhere, over HTTPS. Holds one session: it opens another where the server says that it is over, and stops for
/// good where another process has taken its place. While the server is away it asks again, ever more slowly, and says so once.
/// </summary>
public sealed class HttpServerConnection : IServerConnection, IDisposable
{
    // A key that opens nothing will not soon open something.
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly AgentApi _api;
    private readonly string _program;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly WorkLease _lease;
    private readonly KeptChecks? _kept;
    private readonly Heart _heart;
    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly Lock _lock = new();
    private AgentSession? _session;
    private CancellationTokenSource _sessionEnd = new();
    private readonly TaskCompletionSource _isFenced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ServerRefusalException? _fenced;
    private (ServerRefusalException Refusal, long At)? _wrongKey;
    private string? _said;

    /// <param name="program">This program's version.</param>
    /// <param name="kept">The file in which the last list of checks is kept; null for none.</param>
    /// <param name="lines">What this process logs, to be told to the server; null for nothing.</param>
    /// <exception cref="ArgumentException">The address cannot be used; the message says why.</exception>
    public HttpServerConnection(
        ServerAddress address,
        string program,
        TimeProvider time,
        ILogger<HttpServerConnection> log,
        string? kept = null,
        AgentLogs? lines = null
    )
    {
        if (address.Problem is { } problem)
            throw new ArgumentException(problem, nameof(address));
        (_api, _program, _time, _log) = (new AgentApi(address), program, time, log);
        _lease = new WorkLease(time);
        _kept = kept is null ? null : new KeptChecks(kept, address, log);
        _heart = new(_api, lines);
    }

    /// <inheritdoc/>
    public Func<AgentCondition>? Condition { get; set; }

    /// <summary>The name under which the server knows this agent; null before the first session.</summary>
    public string? Name
    {
        get
        {
            lock (_lock)
                return _session?.Name;
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Where the lease lapses the list is empty, until the server has given it again. Where the server is away at the start, the list
    /// that was kept comes first.
    /// </remarks>
    public async IAsyncEnumerable<IReadOnlyList<ScheduledCheck>> ChecksAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var beating = BeatAsync(stop.Token);
        try
        {
            var (version, isAtWork) = (0L, false);
            if (await KeptAsync(stop.Token) is { } kept)
            {
                yield return kept;
                isAtWork = true;
            }
            while (true)
            {
                var next = await NextAsync(version, isAtWork, stop.Token);
                version = next?.Version ?? 0;
                if (next is null && !isAtWork)
                    continue;
                // Only when the caller comes back has it put the list to work: that is what the version then says.
                yield return next?.Checks ?? [];
                isAtWork = next is not null;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await beating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RunProbe> CommandsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
            foreach (var run in await TryAsync(s => _api.RunsAsync(s.Epoch, cancellationToken), cancellationToken))
                yield return run;
    }

    /// <inheritdoc/>
    public async Task AnswerAsync(ProbeCompleted result, CancellationToken cancellationToken) =>
        await _api.AnswerAsync((await SessionAsync(cancellationToken)).Epoch, result, cancellationToken);

    /// <inheritdoc/>
    public async Task<long> DeliverAsync(ResultDelivery delivery, CancellationToken cancellationToken)
    {
        while (true)
        {
            var session = await SessionAsync(cancellationToken);
            try
            {
                var asked = _lease.Now;
                var offset = await _api.DeliverAsync(session.Epoch, delivery, cancellationToken);
                _lease.Heard(asked);
                return offset;
            }
            catch (ServerRefusalException refusal) when (refusal.IsOver)
            {
                End(session);
            }
            catch (ServerRefusalException refusal) when (refusal.IsFenced)
            {
                Fence(session, refusal);
                throw;
            }
        }
    }

    public void Dispose()
    {
        _api.Dispose();
        _opening.Dispose();
        _sessionEnd.Dispose();
    }

    // One that answers is there, also where it refuses: what it says then counts.
    private async Task<IReadOnlyList<ScheduledCheck>?> KeptAsync(CancellationToken ct)
    {
        if (_kept?.Read() is not { } kept)
            return null;
        try
        {
            await SessionAsync(ct);
            return null;
        }
        catch (ServerRefusalException refusal) when ((int)refusal.Status < 500)
        {
            return null;
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            Say(fault.Message);
            _log.LogWarning("The server is away: going on with the {Checks} checks of its last list", kept.Count);
            return kept;
        }
    }

    /// <summary>The next list; null where what is at work must stop.</summary>
    private async Task<AgentChecks?> NextAsync(long version, bool isAtWork, CancellationToken ct)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var asking = AskAsync(version, giveUp.Token);
        if (!isAtWork)
            return await asking;
        var lapse = _lease.LapseAsync(giveUp.Token);
        var first = await Task.WhenAny(asking, lapse, _isFenced.Task);
        await giveUp.CancelAsync();
        if (first == asking)
            return await asking;
        ct.ThrowIfCancellationRequested();
        if (first == lapse)
            Say("the server has not been heard for as long as the lease lasts: probing stops until it is back");
        await ((Task)asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _lease.Take(null);
        return null;
    }

    // A list that needs a lease is put to work only while there is one.
    private async Task<AgentChecks?> AskAsync(long version, CancellationToken ct)
    {
        while (true)
        {
            var (asked, answer) = await TryAsync(async s => (_lease.Now, await ChecksAsync(s, version, ct)), ct);
            if (answer is null)
                continue;
            _kept?.Take(answer);
            _lease.Take(answer.Lease);
            if (version == 0)
                _lease.Heard(asked);
            while (!_lease.IsGood)
                await TryAsync(s => BeatOnceAsync(s, ct), ct);
            return answer;
        }
    }

    // The end of the session ends the question, which may be on its way to nowhere.
    private async Task<AgentChecks?> ChecksAsync(AgentSession session, long version, CancellationToken ct)
    {
        using var until = CancellationTokenSource.CreateLinkedTokenSource(ct, SessionEnd());
        try
        {
            return await _api.ChecksAsync(session.Epoch, version, until.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task BeatAsync(CancellationToken ct)
    {
        while (true)
        {
            var every = await TryAsync(s => BeatOnceAsync(s, ct), ct);
            await RestAsync(every, ct);
        }
    }

    // What goes wrong meanwhile is told at once.
    private async Task RestAsync(TimeSpan span, CancellationToken ct)
    {
        var (begun, told) = (_time.GetTimestamp(), Condition?.Invoke().Spool?.Fault);
        while (_time.GetElapsedTime(begun) is var passed && passed < span)
        {
            var left = span - passed;
            await Task.Delay(left < Look ? left : Look, _time, ct);
            if (Condition?.Invoke().Spool?.Fault != told)
                return;
        }
    }

    private async Task<TimeSpan> BeatOnceAsync(AgentSession session, CancellationToken ct)
    {
        var asked = _lease.Now;
        await _heart.BeatAsync(session, Condition?.Invoke(), ct);
        _lease.Heard(asked);
        return session.Heartbeat;
    }

    /// <summary>Asks until it is answered.</summary>
    private async Task<T> TryAsync<T>(Func<AgentSession, Task<T>> ask, CancellationToken ct)
    {
        for (var failures = 1; ; failures++)
        {
            AgentSession? session = null;
            try
            {
                session = await SessionAsync(ct);
                var answer = await ask(session);
                Say(null);
                return answer;
            }
            catch (ServerRefusalException refusal) when (refusal.IsOver && session is not null)
            {
                End(session);
                continue;
            }
            catch (ServerRefusalException refusal) when (refusal.IsFenced && session is not null)
            {
                Fence(session, refusal);
            }
            catch (Exception fault) when (!ct.IsCancellationRequested)
            {
                Say(fault.Message);
            }
            ct.ThrowIfCancellationRequested();
            await Task.Delay(Wait(failures), _time, ct);
        }
    }

    private static TimeSpan Wait(int failures)
    {
        var doubled = FirstWait * Math.Pow(2, Math.Min(failures - 1, 20));
        return (doubled < LongestWait ? doubled : LongestWait) * (0.5 + Random.Shared.NextDouble() / 2);
    }

    private async Task<AgentSession> SessionAsync(CancellationToken ct)
    {
        lock (_lock)
            if (_session is { } open)
                return open;
        await _opening.WaitAsync(ct);
        try
        {
            lock (_lock)
                if (_session is { } open)
                    return open;
            if (_fenced is not null)
                throw _fenced;
            if (_wrongKey is { } wrong && _time.GetElapsedTime(wrong.At) < AfterRefusal)
                throw wrong.Refusal;
            return await OpenAsync(ct);
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task<AgentSession> OpenAsync(CancellationToken ct)
    {
        try
        {
            var spool = Condition?.Invoke().SpoolId ?? Guid.Empty;
            var session = await _api.OpenAsync(
                new(spool, _program, Environment.MachineName, [.. ProbeRegistry.Kinds]),
                ct
            );
            _wrongKey = null;
            _heart.Begin();
            lock (_lock)
                _session = session;
            _log.LogInformation(
                "Working as {Name} in {Location}, session {Epoch}",
                session.Name,
                session.Location,
                session.Epoch
            );
            return session;
        }
        catch (ServerRefusalException refusal) when (refusal.IsWrongKey)
        {
            var advice =
                refusal.Status == HttpStatusCode.Forbidden
                    ? "this is not an agent's key. POST /api/v1/agents registers an agent and answers its key"
                    : "it does not know this agent's key: it was replaced, or the agent was removed";
            var wrong = new ServerRefusalException(refusal.Status, refusal.Code, advice);
            _wrongKey = (wrong, _time.GetTimestamp());
            throw wrong;
        }
    }

    private CancellationToken SessionEnd()
    {
        lock (_lock)
            return _sessionEnd.Token;
    }

    private void End(AgentSession session)
    {
        CancellationTokenSource ended;
        lock (_lock)
        {
            if (_session != session)
                return;
            _session = null;
            (ended, _sessionEnd) = (_sessionEnd, new());
        }
        ended.Cancel();
        ended.Dispose();
    }

    // Of two processes with one key the newer works. This one would fence it in turn, and it this one, for ever.
    private void Fence(AgentSession session, ServerRefusalException refusal)
    {
        lock (_lock)
            if (_session != session)
                return;
        _fenced = refusal;
        _isFenced.TrySetResult();
        _log.LogError("{Refusal} This one stops probing; restart it to take over", refusal.Message);
        End(session);
    }

    // Once for each thing that there is to say, however often it is tried.
    private void Say(string? what)
    {
        if (Interlocked.Exchange(ref _said, what) == what)
            return;
        if (what is null)
            _log.LogInformation("The server answers again");
        else
            _log.LogWarning("{Reason}", what);
    }
}
