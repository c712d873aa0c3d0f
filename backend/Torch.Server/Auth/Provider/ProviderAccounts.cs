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
    SignInJournal journal,
    NpgsqlDataSource db,
    TorchOptions options
)
{
    public async Task LetInAsync(TicketReceivedContext context)
    {
        context.HandleResponse();
        var (http, items) = (context.HttpContext, context.Properties!.Items);
        var (name, subject) = (Said(items, ProviderSignIn.Name), Said(items, ProviderSignIn.Subject));
        var person = subject is null ? null : await FindAsync(http, subject, name);
        if (person is null)
        {
            await journal.RefusedAsync(http, name ?? "nobody", "no_account", 1);
            context.Response.Redirect("/?signin=no-account");
            return;
        }
        await door.LetInAsync(http, Identification.PrincipalOf(person.Id), person.Id, person.Name, "provider");
        context.Response.Redirect(Own(context.ReturnUri));
    }

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
        return person is not null && await BindAsync(subject, person.Id, http.RequestAborted) ? person : null;
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
