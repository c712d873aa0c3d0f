using Microsoft.AspNetCore.Authentication;
using Npgsql;
using Torch.Domain.People;
using Torch.Server.Features;

namespace Torch.Server.Auth;

/// <summary>Whose account it is that the provider vouches for.</summary>
internal sealed class ProviderAccounts(
    People people,
    PeopleCommands commands,
    Door door,
    SignInThrottle throttle,
    SignInJournal journal,
    NpgsqlDataSource db,
    TorchOptions options,
    ILogger<ProviderAccounts> logger
)
{
    // No account's name.
    private const string Callers = "<callback>";

    public async Task LetInAsync(TicketReceivedContext context)
    {
        context.HandleResponse();
        var (http, items) = (context.HttpContext, context.Properties!.Items);
        var (name, subject) = (Said(items, ProviderSignIn.Name), Said(items, ProviderSignIn.Subject));
        var person = subject is null ? null : await FindAsync(http, subject, name);
        if (person is null)
        {
            await RefusedAsync(http, name ?? "nobody", "no_account");
            context.Response.Redirect("/?signin=no-account");
            return;
        }
        await door.LetInAsync(http, Identification.PrincipalOf(person.Id), person.Id, person.Name, "provider");
        throttle.Succeeded(http.Peer(), Callers);
        context.Response.Redirect(Own(context.ReturnUri));
    }

    /// <summary>The provider said no, gave no sound answer, or the browser is not the one that was sent there.</summary>
    public async Task TurnAwayAsync(RemoteFailureContext context)
    {
        context.HandleResponse();
        // The answer of a provider may have several lines, and no end.
        var why = new string([
            .. (context.Failure?.Message ?? "no reason given").Where(c => !char.IsControl(c)).Take(500),
        ]);
        logger.LogWarning("Signing in through the provider failed: {Why}", why);
        await RefusedAsync(context.HttpContext, "nobody", "provider_failed");
        context.Response.Redirect("/?signin=failed");
    }

    // Anybody can call the way back: whoever does again and again must not fill the journal.
    private Task RefusedAsync(HttpContext http, string name, string reason) =>
        journal.RefusedAsync(http, name, reason, throttle.Noted(http.Peer(), Callers));

    private static string? Said(IDictionary<string, string?> items, string name) =>
        items.TryGetValue(name, out var value) ? value : null;

    // By the provider's own id for them; a name alone binds once, for a provider may let people change it.
    private async Task<Person?> FindAsync(HttpContext http, string subject, string? name)
    {
        var (known, _) = await people.NowAsync(http.RequestAborted);
        if (await BoundAsync(subject, http.RequestAborted) is { } id)
            return known.ById(id);
        if (name is null)
            return null;
        var person = known.ByName(name) ?? await WelcomeAsync(http, name);
        if (person is not null && await BindAsync(subject, person.Id, http.RequestAborted))
            return person;
        // Who comes in two windows at once has been bound by the other.
        (known, _) = await people.NowAsync(http.RequestAborted);
        return await BoundAsync(subject, http.RequestAborted) is { } meanwhile ? known.ById(meanwhile) : null;
    }

    private async Task<Person?> WelcomeAsync(HttpContext http, string name) =>
        options.Provider?.NewcomersRole is { } role
            ? await commands.TryCreateAsync(http, new PersonSettings(name, role), "the sign-in provider")
            : null;

    private async Task<Guid?> BoundAsync(string subject, CancellationToken ct)
    {
        const string sql = "select person_id from torch_auth.identities where client_id = $1 and subject = $2";
        var rows = await db.QueryAsync(sql, [options.Provider!.ClientId, subject], r => r.GetGuid(0), ct);
        return rows.Count == 1 ? rows[0] : null;
    }

    private async Task<bool> BindAsync(string subject, Guid personId, CancellationToken ct)
    {
        const string sql = """
            insert into torch_auth.identities (client_id, subject, person_id)
            select $1, $2, $3
            where not exists (select from torch_auth.identities where client_id = $1 and person_id = $3)
            on conflict do nothing
            """;
        return await db.ExecuteAsync(sql, [options.Provider!.ClientId, subject, personId], ct) == 1;
    }

    // Only within Torch: anything else would let a link send people elsewhere after they have signed in.
    public static string Own(string? uri) =>
        uri is ['/', not ('/' or '\\'), ..] or "/" && !uri.Any(char.IsControl) ? uri : "/";
}
