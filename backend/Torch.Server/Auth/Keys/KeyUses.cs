using System.Collections.Concurrent;
using Npgsql;
using Torch.Server.Features;

namespace Torch.Server.Auth;

/// <summary>When a key was last used, and from where.</summary>
internal sealed record KeyUse(DateTimeOffset At, string From);

/// <summary>
/// Notes uses in memory and writes them down every 15 seconds: authentication costs no write. What a crash forgets is a quarter of a minute.
/// </summary>
internal sealed class KeyUses(NpgsqlDataSource db, TimeProvider time, ILogger<KeyUses> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Coarse = TimeSpan.FromSeconds(5);

    private const string Upsert = """
        insert into torch_auth.key_uses (key_id, used_at, used_from)
        select * from unnest($1::uuid[], $2::timestamptz[], $3::text[])
        on conflict (key_id) do update set used_at = excluded.used_at, used_from = excluded.used_from
        where torch_auth.key_uses.used_at < excluded.used_at
        """;

    private readonly ConcurrentDictionary<Guid, (KeyUse Use, long At, bool Written)> _uses = new();

    public void Note(Guid key, HttpContext http)
    {
        if (_uses.TryGetValue(key, out var known) && time.GetElapsedTime(known.At) < Coarse)
            return;
        _uses[key] = (new(time.GetUtcNow(), http.Peer().ToString()), time.GetTimestamp(), false);
    }

    /// <summary>Each key's newest use.</summary>
    public async Task<IReadOnlyDictionary<Guid, KeyUse>> ReadAsync(CancellationToken ct)
    {
        var rows = await db.QueryAsync(
            "select key_id, used_at, used_from from torch_auth.key_uses",
            [],
            r => (Id: r.GetGuid(0), Use: new KeyUse(r.GetFieldValue<DateTimeOffset>(1), r.GetString(2))),
            ct
        );
        var uses = rows.ToDictionary(r => r.Id, r => r.Use);
        foreach (var (id, (use, _, _)) in _uses)
            if (!uses.TryGetValue(id, out var written) || written.At < use.At)
                uses[id] = use;
        return uses;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await WriteAsync();
        }
        catch (OperationCanceledException)
        {
            await WriteAsync();
        }
    }

    private async Task WriteAsync()
    {
        var due = _uses.Where(u => !u.Value.Written).ToList();
        if (due.Count == 0)
            return;
        try
        {
            await db.ExecuteAsync(
                Upsert,
                [
                    due.Select(u => u.Key).ToArray(),
                    due.Select(u => u.Value.Use.At).ToArray(),
                    due.Select(u => u.Value.Use.From).ToArray(),
                ],
                CancellationToken.None
            );
            foreach (var (id, use) in due)
                _uses.TryUpdate(id, use with { Written = true }, use);
        }
        catch (NpgsqlException away)
        {
            logger.LogDebug("Uses of keys wait: {Reason}", away.Message);
        }
    }
}
