using Torch.Contracts;
using Torch.Domain.People;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Accounts;

internal static class ListPeople
{
    /// <summary>Everybody who has an account, by name.</summary>
    public static async Task<Page<PersonView>> Handle(People people, Passwords passwords, CancellationToken ct)
    {
        var known = (await people.NowAsync(ct)).State.People;
        var withPassword = (await passwords.OfAsync([.. known.Keys], ct)).ToHashSet();
        var views = known.Values.OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase);
        return new([.. views.Select(p => View(p, withPassword.Contains(p.Id)))], null, 0);
    }

    public static PersonView View(Person person, bool hasPassword) =>
        new(
            person.Id,
            person.Name,
            person.Settings.FullName,
            person.Settings.Role,
            person.Settings.Hierarchies,
            hasPassword,
            person.Version
        );
}

internal static class GetPerson
{
    /// <summary>One account.</summary>
    public static async Task<PersonView> Handle(
        Guid id,
        HttpContext http,
        People people,
        Passwords passwords,
        CancellationToken ct
    )
    {
        var person = (await people.NowAsync(ct)).State.ById(id) ?? throw new FaultException(Fault.NotFound("person"));
        http.Response.SetETag(person.Version);
        return ListPeople.View(person, (await passwords.OfAsync([id], ct)).Count == 1);
    }
}
