using Microsoft.AspNetCore.Authentication;
using Torch.Domain.People;

namespace Torch.Server.Auth;

/// <summary>Whose account it is that the provider vouches for.</summary>
internal sealed class ProviderAccounts(
    People people,
    PeopleCommands commands,
    Door door,
    SignInThrottle throttle,
    SignInJournal journal,
    Identities identities,
    Passwords passwords,
    TorchOptions options,
    ILogger<ProviderAccounts> logger
)
{
    // No account's name.
    private const string Callers = "<callback>";

    // Why somebody does not come in, as the sign-in page knows it.
    private const string NoAccount = "no-account";
    private const string LinkFirst = "link-first";
    private const string Taken = "taken";

    // The page that one links from.
    private const string Account = "/settings/account";

    public async Task LetInAsync(TicketReceivedContext context)
    {
        context.HandleResponse();
        var (http, items) = (context.HttpContext, context.Properties!.Items);
        var subject = Said(items, ProviderSignIn.Subject);
        var (person, why) = subject is null ? (null, NoAccount) : await FindAsync(http, items, subject);
        if (person is null)
        {
            await RefusedAsync(http, Said(items, ProviderSignIn.Name) ?? "nobody", why.Replace('-', '_'));
            context.Response.Redirect((items.ContainsKey(ProviderSignIn.Link) ? Account : "/") + "?signin=" + why);
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

    private async Task<(Person? Person, string Why)> FindAsync(
        HttpContext http,
        IDictionary<string, string?> items,
        string subject
    )
    {
        var (known, _) = await people.NowAsync(http.RequestAborted);
        if (Said(items, ProviderSignIn.Link) is { } linking)
            return await LinkAsync(subject, Guid.Parse(linking), known, http.RequestAborted);
        if (await identities.PersonOfAsync(subject, http.RequestAborted) is { } id)
            return (known.ById(id), NoAccount);
        if (Said(items, ProviderSignIn.Name) is not { } name)
            return (null, NoAccount);
        var person = known.ByName(name) ?? await WelcomeAsync(http, name);
        if (person is null)
            return (null, NoAccount);
        // Whoever bears its name at the provider need not be who knows its password.
        if ((await passwords.OfAsync([person.Id], http.RequestAborted)).Count > 0)
            return (null, LinkFirst);
        if (await identities.BindAsync(subject, person.Id, http.RequestAborted))
            return (person, "");
        // Who comes in two windows at once has been bound by the other.
        (known, _) = await people.NowAsync(http.RequestAborted);
        var meanwhile = await identities.PersonOfAsync(subject, http.RequestAborted);
        return (meanwhile is { } bound ? known.ById(bound) : null, NoAccount);
    }

    // Asked for by who was signed in to that account.
    private async Task<(Person? Person, string Why)> LinkAsync(
        string subject,
        Guid personId,
        PeopleRegister known,
        CancellationToken ct
    ) =>
        await identities.BindAsync(subject, personId, ct) || await identities.PersonOfAsync(subject, ct) == personId
            ? (known.ById(personId), NoAccount)
            : (null, Taken);

    // The names of those who come without an account stay theirs.
    private async Task<Person?> WelcomeAsync(HttpContext http, string name) =>
        options.Provider?.NewcomersRole is { } role && name.ToUpperInvariant() is not ("ADMIN" or "LOCAL")
            ? await commands.TryCreateAsync(http, new PersonSettings(name, role), "the sign-in provider")
            : null;

    // Only within Torch: anything else would let a link send people elsewhere after they have signed in.
    public static string Own(string? uri) =>
        uri is ['/', not ('/' or '\\'), ..] or "/" && !uri.Any(char.IsControl) ? uri : "/";
}
