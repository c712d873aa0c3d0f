using Torch.Domain;
using Torch.Domain.People;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Features;

namespace Torch.Server.Auth;

/// <summary>Writes down who came in and who did not.</summary>
internal sealed class SignInJournal(IEventLog log, TimeProvider time)
{
    private const int MostCharacters = 100;
    private const int MostRefusalsPerMinute = 60;
    private long _minute;
    private int _refusals;

    public Task CameInAsync(HttpContext http, Guid? personId, string name, string means) =>
        AppendAsync(http, new SignedIn(personId, name, means), name);

    /// <summary>The first five of a row are told, then every doubling, and sixty a minute: guessing must not fill the journal.</summary>
    /// <param name="attempts">How many in a row it is.</param>
    public Task RefusedAsync(HttpContext http, string name, string reason, int attempts) =>
        (attempts > 5 && !int.IsPow2(attempts)) || !IsUnderMost()
            ? Task.CompletedTask
            : AppendAsync(http, new SignInRefused(Sound(name), reason, attempts), "anonymous");

    public Task RevokedAsync(HttpContext http, Guid sessionId, string principal) =>
        AppendAsync(http, new SessionRevoked(sessionId, PersonOf(principal)), http.Actor());

    private Task AppendAsync(HttpContext http, IEvent @event, string actor)
    {
        // Who comes in is not known yet when the request begins.
        var data = EventCodec.Encode(@event, Guid.CreateVersion7(), EventHeaders.OfActor(http, actor));
        var stream = new StreamAppend(Log.Journal, WellKnown.SignIns, [data], "sign-ins");
        return log.AppendAsync(new AppendRequest { Streams = [stream] }, CancellationToken.None);
    }

    private bool IsUnderMost()
    {
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        if (Interlocked.Exchange(ref _minute, minute) != minute)
            Volatile.Write(ref _refusals, 0);
        return Interlocked.Increment(ref _refusals) <= MostRefusalsPerMinute;
    }

    private static Guid? PersonOf(string principal) =>
        principal.StartsWith("person:", StringComparison.Ordinal)
        && Guid.TryParse(principal["person:".Length..], out var id)
            ? id
            : null;

    // What somebody typed: it may be anything, even a password in the wrong field, so it is kept short and printable.
    private static string Sound(string name)
    {
        var kept = new string([.. name.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(MostCharacters)]);
        return kept.Length == 0 ? "nobody" : kept;
    }
}
