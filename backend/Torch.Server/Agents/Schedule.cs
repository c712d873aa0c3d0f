using Npgsql;
using Torch.Contracts;
using Torch.Domain.Agents;
using Torch.Domain.Checks;
using Torch.EventStore;
using Torch.Server.Auth;
using Torch.Server.Events;
using Torch.Server.Features.Checks;

namespace Torch.Server.Agents;

/// <summary>The probes that agents run: the enabled ones, read again whenever a check's settings have changed.</summary>
internal sealed class Schedule(NpgsqlDataSource dataSource, ProjectionRunner runner, Secrets secrets) : IHostedService
{
    private const string Probes = """
        select id, version, settings from torch.checks
        where enabled and settings is not null and kind not in ('report', 'heartbeat') order by id
        """;

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(15);

    private static readonly HashSet<string> Changes = new(StringComparer.Ordinal)
    {
        EventCodec.AliasOf<CheckCreated>(),
        EventCodec.AliasOf<CheckChanged>(),
        EventCodec.AliasOf<CheckDeleted>(),
    };

    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewSignal();
    private IDisposable? _feed;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _feed = runner.OnApplied(OnApplied);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _feed?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>The complete list, as the read tables have it.</summary>
    public async Task<IReadOnlyList<PlacedCheck>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Probes);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var checks = new List<PlacedCheck>();
        var unreadable = 0;
        while (await rows.ReadAsync(cancellationToken))
        {
            var settings = EventCodec.Settings(rows.GetFieldValue<byte[]>(2));
            if (settings.Interval is null && settings.Cron is null)
                continue;
            if (Of(rows.GetGuid(0), rows.GetInt64(1), settings) is { } check)
                checks.Add(new(check, settings.Locations ?? InDefault));
            else
                unreadable++;
        }
        Unreadable = unreadable;
        return checks;
    }

    private static readonly string[] InDefault = [Locations.Default];

    /// <summary>How many checks do not run because their secrets cannot be read here.</summary>
    public int Unreadable { get; private set; }

    // Null where its secrets cannot be read: probed without them its target would seem to be down.
    private ScheduledCheck? Of(Guid id, long version, CheckSettings settings)
    {
        try
        {
            return new(
                id,
                version,
                settings.Name,
                (Contracts.CheckKind)(int)settings.Kind,
                settings.Interval,
                settings.Timeout ?? DefaultTimeout,
                CheckMapping.Probe(CheckSecrets.Revealed(settings, secrets)),
                settings.Cron,
                settings.TimeZone
            );
        }
        catch (SecretUnreadableException)
        {
            return null;
        }
    }

    /// <summary>Completed at the next change. Take it before reading, so that a change meanwhile is not missed.</summary>
    public Task Changed()
    {
        lock (_lock)
            return _changed.Task;
    }

    private ValueTask OnApplied(AppliedBatch batch)
    {
        if (!batch.Events.Any(e => Changes.Contains(e.Type)))
            return ValueTask.CompletedTask;
        TaskCompletionSource changed;
        lock (_lock)
            (changed, _changed) = (_changed, NewSignal());
        changed.SetResult();
        return ValueTask.CompletedTask;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
