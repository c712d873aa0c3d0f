using System.Security.Cryptography;
using System.Text;
using Torch.Domain.People;

namespace Torch.Server.Auth;

/// <summary>Whose a browser's session is, and what they may do now: roles and keys are looked at anew with each request.</summary>
internal sealed class Identification(
    Sessions sessions,
    People people,
    ApiKeys keys,
    AdminKey admin,
    TorchOptions options
)
{
    /// <summary>The account that <c>--demo</c> brings along; it is stored nowhere.</summary>
    public const string Demo = "demo";

    private readonly string _admin = options.AdminKey is { } key
        ? "admin:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("session " + key)))[..16]
        : "admin";

    public static string PrincipalOf(Guid personId) => $"person:{personId}";

    /// <summary>Of who exchanged a key for a session: another admin key ends the sessions of the one before.</summary>
    public string PrincipalOf(Caller caller) => caller.Kind == CallerKind.Admin ? _admin : caller.Id;

    /// <summary>Null where the cookie opens nothing.</summary>
    /// <param name="prolong">Whether the session lives longer by it.</param>
    public async ValueTask<Caller?> FindAsync(string? cookie, bool prolong, CancellationToken ct)
    {
        if (await sessions.FindAsync(cookie, prolong, ct) is not { } session)
            return null;
        return await CallerAsync(session.Principal, ct) is { } caller ? caller.In(session.Id) : null;
    }

    /// <summary>What they may do now, whose principal it is; null for nobody.</summary>
    public async ValueTask<Caller?> CallerAsync(string principal, CancellationToken ct)
    {
        if (principal == _admin && admin.IsRequired)
            return Caller.Admin;
        if (principal == Demo)
            return options.Demo ? DemoCaller : null;
        var parts = principal.Split(':');
        if (parts is not [var kind, var text] || !Guid.TryParse(text, out var id))
            return null;
        return kind switch
        {
            "person" => (await people.RecentAsync(ct)).ById(id) is { } person ? CallerOf(person) : null,
            "key" => await keys.FindAsync(id, ct),
            _ => null,
        };
    }

    // Where others can reach the demo, its well-known password must not give them everything.
    private Caller DemoCaller =>
        new(CallerKind.Person, Demo, Demo, options.IsLoopback ? Rights.Everything : Rights.Viewer);

    private static Caller CallerOf(Person person) =>
        new(CallerKind.Person, PrincipalOf(person.Id), person.Name, RightsOf(person.Settings.Role) | Right.Person)
        {
            Subject = person.Id,
            // An editor reads everything. Whoever changes nothing, whatever their role is called, sees no more than they are limited to.
            Hierarchies = person.Settings.Role == Roles.Editor ? person.Settings.Hierarchies : null,
            Sees = person.Settings.Role == Roles.Editor ? null : person.Settings.Hierarchies,
        };

    private static Right RightsOf(string role) =>
        role switch
        {
            Roles.Admin => Rights.Everything,
            Roles.Editor => Rights.Editor,
            Roles.Viewer => Rights.Viewer,
            _ => Right.Anonymous,
        };
}
