using Npgsql;

namespace Torch.Server.Auth;

/// <summary>Says who asks: the bearer of a key, a browser's session, or, where nobody has an account and no key is set, whoever sits at this machine.</summary>
internal sealed class Doorkeeper(
    AdminKey admin,
    ApiKeys keys,
    Identification identification,
    LocalDoor local,
    TimeProvider time
)
{
    // What is known of keys, people and sessions is at most four seconds old: together, what was taken back is heard for less than five.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(800);

    private const string Bearer = "Bearer ";

    /// <summary>Whether a request shows a key, whatever it opens.</summary>
    public static bool ShowsKey(HttpContext http) =>
        http.Request.Headers.Authorization.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    /// <summary>Null for nobody.</summary>
    /// <param name="prolong">Whether a session lives longer by it.</param>
    public async ValueTask<Caller?> FindAsync(HttpContext http, bool prolong, CancellationToken ct)
    {
        var shown = ShowsKey(http) ? new ShownKey(KeyOf(http)) : null;
        if (shown is not null && admin.Matches(shown))
            return Caller.Admin;
        // Also where no key is needed: who shows one may do what it opens, and no more.
        if (shown?.Id is not null)
            return await keys.FindAsync(shown, http);
        if (shown is null && await identification.FindAsync(Cookie(http), prolong, ct) is { } caller)
            return caller;
        return await local.IsOpenAsync(ct) ? Caller.Local : null;
    }

    /// <summary>
    /// Stands by an answer that does not end, and ends it when its caller may no longer hear it: the key or session was taken back or is
    /// over, or they see something else. To listen is not to be there: it prolongs no session.
    /// </summary>
    /// <param name="open">Cancelled then; ends the watch where somebody else cancels it.</param>
    public async Task WatchAsync(HttpContext http, Right right, CancellationTokenSource open)
    {
        var before = http.Caller();
        while (true)
        {
            await Task.Delay(Look, time, open.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (open.IsCancellationRequested)
                return;
            if (!await MayStillAsync(http, before, right, open.Token))
                await open.CancelAsync();
        }
    }

    private async Task<bool> MayStillAsync(HttpContext http, Caller? before, Right right, CancellationToken ct)
    {
        try
        {
            return await FindAsync(http, prolong: false, ct) is { } now
                && now.Id == before?.Id
                && now.May(right)
                && Sight.IsSame(now.Sees, before.Sees);
        }
        catch (Exception passing) when (passing is NpgsqlException or OperationCanceledException)
        {
            // While the database is away nothing can be heard either; it is asked again.
            return true;
        }
    }

    private static ReadOnlySpan<char> KeyOf(HttpContext http) =>
        http.Request.Headers.Authorization.ToString().AsSpan(Bearer.Length).Trim();

    private static string? Cookie(HttpContext http) => http.Request.Cookies[Sessions.CookieName];
}
