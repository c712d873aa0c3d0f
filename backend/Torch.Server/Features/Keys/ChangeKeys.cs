using FluentValidation;
using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Keys;
using Torch.EventStore;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Keys;

internal static class PostKey
{
    /// <summary>Make a key.</summary>
    /// <remarks>The answer holds its text, which is told this once: Torch keeps only its SHA-256.</remarks>
    /// <response code="201">Made.</response>
    public static async Task<IResult> Handle(HttpContext http, KeyRing ring, KeyMaking making, TimeProvider time)
    {
        var wanted = (await http.ReadJsonAsync(Validator)).Value;
        var (name, scopes, prefix, expires, perSecond) = wanted;
        var settings = new KeySettings(name, scopes, prefix, expires?.ToUniversalTime(), perSecond);
        var text = KeyText.Make(Guid.CreateVersion7());
        var made = await making.RunAsync(
            http,
            keys => keys.Create(text.Id, settings, text.Hash, time.GetUtcNow()),
            text,
            null
        );
        return Results.Created($"/api/v1/keys/{text.Id}", made);
    }

    private static readonly InlineValidator<KeyRequest> Validator = Make();

    private static InlineValidator<KeyRequest> Make()
    {
        var validator = new InlineValidator<KeyRequest>();
        validator.RuleFor(k => k.Name).Name();
        validator.RuleFor(k => k.Scopes).Must(s => s.Count <= 10).WithMessage("at most 10 scopes");
        return validator;
    }
}

internal static class RotateKey
{
    private static readonly TimeSpan DefaultOverlap = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(30);

    /// <summary>Give a key a new text.</summary>
    /// <remarks>The answer holds it, told this once. The one before goes on working for the overlap; older ones cease at once.</remarks>
    public static async Task<IResult> Handle(Guid id, HttpContext http, KeyMaking making, TimeProvider time)
    {
        var overlap = (await http.ReadJsonAsync<KeyRotation>()).Value.Overlap ?? DefaultOverlap;
        if (overlap < TimeSpan.Zero || overlap > LongestOverlap)
            return Fault.Invalid("/overlap", "must be from PT0S to P30D").Answer();
        var (text, until) = (KeyText.Make(id), time.GetUtcNow() + overlap);
        return Results.Ok(await making.RunAsync(http, keys => keys.Rotate(id, text.Hash, until), text, until));
    }
}

internal static class PatchKey
{
    /// <summary>Let a key open something else, or until another time.</summary>
    /// <remarks>It counts within five seconds on every server.</remarks>
    public static async Task<IResult> Handle(Guid id, HttpContext http, Commands commands, KeyRing ring)
    {
        var body = await http.ReadJsonAsync<KeyChange>();
        return await KeyDeciding.RunAsync(
            http,
            commands,
            ring,
            id,
            (keys, key) => keys.Change(id, Changed(key.Settings, body.Value)),
            body.Bytes
        );
    }

    private static KeySettings Changed(KeySettings known, KeyChange wanted) =>
        new(
            wanted.Name ?? known.Name,
            wanted.Scopes ?? known.Scopes,
            wanted.SourcePrefix is { } prefix ? (prefix.Length == 0 ? null : prefix) : known.SourcePrefix,
            wanted.Expires == false ? null : wanted.ExpiresAt?.ToUniversalTime() ?? known.ExpiresAt,
            wanted.PerSecond ?? known.PerSecond
        );
}

internal static class DeleteKey
{
    /// <summary>Revoke a key.</summary>
    /// <remarks>It opens nothing any more, within five seconds on every server.</remarks>
    public static Task<IResult> Handle(Guid id, HttpContext http, Commands commands, KeyRing ring) =>
        KeyDeciding.RunAsync(http, commands, ring, id, (keys, _) => keys.Revoke(id), []);
}

/// <summary>A change of one key that exists.</summary>
internal static class KeyDeciding
{
    public static async Task<IResult> RunAsync(
        HttpContext http,
        Commands commands,
        KeyRing ring,
        Guid id,
        Func<KeyRegister, ApiKey, Decision> decide,
        byte[] body
    )
    {
        var answer = await commands.RunAsync(
            http,
            body,
            async ct =>
            {
                var (keys, version) = await ring.NowAsync(ct);
                var key = keys.ById(id) ?? throw new FaultException(Fault.NotFound("key"));
                http.Request.RequireMatch(key.Version);
                var events = decide(keys, key).EventsOrRefuse();
                var append = JournalStreams.OfKeys(events, version, EventHeaders.Of(http));
                return new Change(id, [append], events.Count == 0 ? key.Version : version + events.Count);
            }
        );
        // This server goes by it at once.
        await ring.NowAsync(http.RequestAborted);
        return answer;
    }
}

/// <summary>What ends with a text that is told once: it is no command that a key of its own could repeat.</summary>
internal sealed class KeyMaking(IEventLog log, KeyRing ring, Appended appended)
{
    private const int MostAttempts = 8;

    public async Task<KeyMade> RunAsync(
        HttpContext http,
        Func<KeyRegister, Decision> decide,
        KeyText text,
        DateTimeOffset? previousUntil
    )
    {
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var (keys, version) = await ring.NowAsync(http.RequestAborted);
            var events = decide(keys).EventsOrRefuse();
            var append = JournalStreams.OfKeys(events, version, EventHeaders.Of(http));
            var outcome = await log.AppendAsync(new AppendRequest { Streams = [append] }, http.RequestAborted);
            if (outcome is not AppendOutcome.Appended done)
                continue;
            appended.Note(done.Position);
            var made = (await ring.NowAsync(http.RequestAborted)).State.ById(text.Id)!;
            http.Response.SetETag(made.Version);
            http.Response.Headers.CacheControl = "no-store";
            return new(text.Id, made.Settings.Name, text.Text, previousUntil, done.Position, made.Version);
        }
        throw new FaultException(Fault.Busy);
    }
}
