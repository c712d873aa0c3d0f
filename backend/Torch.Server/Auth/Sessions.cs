using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Torch.Server.Auth;

/// <summary>Browser sessions, kept in this process: a restart signs everybody out. Only the hash of an id is held.</summary>
internal sealed class Sessions(TimeProvider time)
{
    public const string CookieName = "__Host-torch";
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan Absolute = TimeSpan.FromHours(12);
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, Session> _sessions = new();

    /// <summary>Starts a session and answers its id, which is told once.</summary>
    public string Start(string actor)
    {
        Sweep();
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = time.GetUtcNow();
        _sessions[Hash(id)] = new Session(actor, now, now);
        return id;
    }

    /// <summary>Who a session belongs to, or null where it is unknown or over. Prolongs it.</summary>
    public string? Find(string? id)
    {
        if (string.IsNullOrEmpty(id) || id.Length > 100 || !_sessions.TryGetValue(Hash(id), out var session))
            return null;
        var now = time.GetUtcNow();
        if (IsOver(session, now))
        {
            End(id);
            return null;
        }
        _sessions.TryUpdate(Hash(id), session with { SeenAt = now }, session);
        return session.Actor;
    }

    public void End(string? id)
    {
        if (!string.IsNullOrEmpty(id))
            _sessions.TryRemove(Hash(id), out _);
    }

    private void Sweep()
    {
        var now = time.GetUtcNow();
        foreach (var (hash, session) in _sessions)
            if (IsOver(session, now) || _sessions.Count > Most)
                _sessions.TryRemove(hash, out _);
    }

    private static bool IsOver(Session session, DateTimeOffset now) =>
        now - session.SeenAt > Idle || now - session.StartedAt > Absolute;

    private static string Hash(string id) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    private sealed record Session(string Actor, DateTimeOffset StartedAt, DateTimeOffset SeenAt);
}
