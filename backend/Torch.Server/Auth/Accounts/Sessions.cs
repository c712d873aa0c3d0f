using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Torch.Server.Features;

namespace Torch.Server.Auth;

/// <summary>A browser's session.</summary>
/// <param name="Id">Names it to people; it opens nothing.</param>
/// <param name="Principal">Whose it is: <c>person:...</c>, <c>key:...</c>, <c>admin:...</c>, <c>demo</c>.</param>
/// <param name="Origin">The address that it was begun from.</param>
/// <param name="Agent">What the browser calls itself.</param>
internal sealed record BrowserSession(
    Guid Id,
    string Principal,
    DateTimeOffset StartedAt,
    DateTimeOffset SeenAt,
    string Origin,
    string? Agent
);

/// <summary>
/// Browser sessions, in the database: every server knows them, and a restart ends none. Only the hash of what the cookie says is kept. What
/// is known of one is asked again after four seconds.
/// </summary>
internal sealed class Sessions(NpgsqlDataSource db, TimeProvider time)
{
    public const string CookieName = "__Host-torch";
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(60);
    public static readonly TimeSpan Absolute = TimeSpan.FromHours(12);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);
    private const int MostKnown = 10_000;
    private const string Columns = "id, principal, started_at, seen_at, origin, agent";

    private readonly ConcurrentDictionary<string, (BrowserSession? Session, long ReadAt)> _known = new();

    /// <summary>Starts a session and answers what the cookie says, which is told once.</summary>
    public async Task<string> StartAsync(string principal, HttpContext http)
    {
        const string insert = """
            with swept as (delete from torch_auth.sessions where seen_at < $8 or started_at < $9)
            insert into torch_auth.sessions (id_hash, id, principal, started_at, seen_at, origin, agent)
            values ($1, $2, $3, $4, $5, $6, $7)
            """;
        var cookie = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = time.GetUtcNow();
        var agent = http.Request.Headers.UserAgent.ToString();
        await db.ExecuteAsync(
            insert,
            [
                Hash(cookie),
                Guid.CreateVersion7(),
                principal,
                now,
                now,
                http.Peer().ToString(),
                agent.Length > 300 ? agent[..300] : agent,
                now - Idle,
                now - Absolute,
            ],
            http.RequestAborted
        );
        return cookie;
    }

    /// <summary>The session of a cookie, or null where it is unknown or over.</summary>
    /// <param name="prolong">Whether it lives longer by it.</param>
    public async ValueTask<BrowserSession?> FindAsync(string? cookie, bool prolong, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(cookie) || cookie.Length > 100)
            return null;
        var hash = Hash(cookie);
        var session =
            _known.TryGetValue(hash, out var known)
            && time.GetElapsedTime(known.ReadAt) < Fresh
            && !(prolong && known.Session is { } read && IsToBeSeen(read))
                ? known.Session
                : await ReadAsync(hash, known.Session, prolong, ct);
        return session is null || IsOver(session) ? null : session;
    }

    /// <summary>Ends the session of a cookie.</summary>
    public async Task EndAsync(string? cookie, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(cookie) || cookie.Length > 100)
            return;
        await db.ExecuteAsync("delete from torch_auth.sessions where id_hash = $1", [Hash(cookie)], ct);
        _known.Clear();
    }

    /// <summary>Ends one by its id, and answers whose it was; null where there is none.</summary>
    /// <param name="principal">Only theirs; anybody's where null.</param>
    public async Task<string?> EndAsync(Guid id, string? principal, CancellationToken ct)
    {
        const string delete = """
            delete from torch_auth.sessions where id = $1 and ($2::text is null or principal = $2) returning principal
            """;
        var ended = await db.QueryAsync(delete, [id, principal], r => r.GetString(0), ct);
        _known.Clear();
        return ended.FirstOrDefault();
    }

    /// <summary>Ends all of somebody's.</summary>
    /// <param name="except">The one that goes on.</param>
    public async Task EndAllAsync(string principal, Guid? except, CancellationToken ct)
    {
        const string delete = "delete from torch_auth.sessions where principal = $1 and ($2::uuid is null or id <> $2)";
        await db.ExecuteAsync(delete, [principal, except], ct);
        _known.Clear();
    }

    /// <summary>Those that are not over, the newest first.</summary>
    /// <param name="principal">Whose; everybody's where null.</param>
    public async Task<IReadOnlyList<BrowserSession>> ListAsync(string? principal, CancellationToken ct)
    {
        const string list = $"""
            select {Columns} from torch_auth.sessions where $1::text is null or principal = $1
            order by started_at desc, id limit 1000
            """;
        var all = await db.QueryAsync(list, [principal], Row, ct);
        return [.. all.Where(s => !IsOver(s))];
    }

    private async Task<BrowserSession?> ReadAsync(
        string hash,
        BrowserSession? known,
        bool prolong,
        CancellationToken ct
    )
    {
        const string seen = $"""
            update torch_auth.sessions set seen_at = $2 where id_hash = $1 and seen_at < $3 and seen_at > $4;
            """;
        const string read = $"select {Columns} from torch_auth.sessions where id_hash = $1";
        try
        {
            var now = time.GetUtcNow();
            if (prolong && (known is null || IsToBeSeen(known)))
                await db.ExecuteAsync(seen, [hash, now, now - SeenEvery, now - Idle], ct);
            var session = (await db.QueryAsync(read, [hash], Row, ct)).FirstOrDefault();
            Remember(hash, session);
            return session;
        }
        catch (NpgsqlException) when (known is not null)
        {
            return known;
        }
    }

    private void Remember(string hash, BrowserSession? session)
    {
        if (_known.Count > MostKnown)
            _known.Clear();
        _known[hash] = (session, time.GetTimestamp());
    }

    private bool IsToBeSeen(BrowserSession session) => time.GetUtcNow() - session.SeenAt > SeenEvery;

    private bool IsOver(BrowserSession session)
    {
        var now = time.GetUtcNow();
        return now - session.SeenAt > Idle || now - session.StartedAt > Absolute;
    }

    private static BrowserSession Row(NpgsqlDataReader row) =>
        new(
            row.GetGuid(0),
            row.GetString(1),
            row.GetFieldValue<DateTimeOffset>(2),
            row.GetFieldValue<DateTimeOffset>(3),
            row.GetString(4),
            row.Maybe<string>(5)
        );

    private static string Hash(string cookie) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(cookie)));
}
