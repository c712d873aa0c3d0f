using FluentValidation;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Session;

internal static class SignIn
{
    private const int MostCharacters = 500;
    private const string KeyAccount = "key";

    private static readonly Fault WrongKey = new(401, "wrong_key", "This key is not valid.");

    // The same for a wrong name and a wrong password: it must not tell who has an account.
    private static readonly Fault WrongPassword = new(
        401,
        "wrong_password",
        "Nobody has this name and this password here."
    );

    /// <summary>Sign a browser in, with a name and a password or with an API key.</summary>
    /// <remarks>
    /// The session stands in a cookie that only this server reads. It ends after 60 idle minutes, at the latest after 12 hours. After five
    /// wrong tries each further one has to wait longer.
    /// </remarks>
    public static async Task<IResult> Handle(HttpContext http, SignInSteps steps, SessionViews views, LocalDoor local)
    {
        var wanted = (await http.ReadJsonAsync(Validator)).Value;
        steps.RequireOpen(http, wanted.Key is null ? wanted.Name! : KeyAccount);
        if (wanted.Key is { } key)
        {
            // Where no key is needed, none is wrong.
            if (await local.IsOpenAsync(http.RequestAborted) && KeyText.IdOf(key) is null)
                return Results.Ok(await views.OfAsync(http, http.Caller()));
            return await steps.ByKeyAsync(http, key) is { } caller
                ? Results.Ok(await views.OfAsync(http, caller))
                : (await steps.RefuseAsync(http, KeyAccount, "a key", "wrong_key", WrongKey)).Answer();
        }
        return await steps.ByPasswordAsync(http, wanted.Name!, wanted.Password!) is { } person
            ? Results.Ok(await views.OfAsync(http, person))
            : (await steps.RefuseAsync(http, wanted.Name!, wanted.Name!, "wrong_password", WrongPassword)).Answer();
    }

    private static readonly InlineValidator<Contracts.SignIn> Validator = Make();

    private static InlineValidator<Contracts.SignIn> Make()
    {
        var validator = new InlineValidator<Contracts.SignIn>();
        validator
            .RuleFor(s => s.Key)
            .Must((s, key) => key is { Length: > 0 and <= MostCharacters } || (key is null && s.Name is not null))
            .WithMessage("must be an API key, or absent where a name is given");
        validator
            .RuleFor(s => s.Name)
            .Must((s, name) => name is { Length: > 0 and <= MostCharacters } || (name is null && s.Key is not null))
            .WithMessage("must be a name, or absent where a key is given");
        validator
            .RuleFor(s => s.Password)
            .Must((s, password) => password is { Length: > 0 and <= MostCharacters } || s.Name is null)
            .WithMessage("must be the password");
        return validator;
    }
}

/// <summary>The ways in.</summary>
internal sealed class SignInSteps(
    AdminKey admin,
    ApiKeys keys,
    People people,
    Passwords passwords,
    Identification identification,
    Door door,
    TorchOptions options
)
{
    public void RequireOpen(HttpContext http, string account) => door.RequireOpen(http, account);

    public Task<Fault> RefuseAsync(HttpContext http, string account, string name, string reason, Fault answer) =>
        door.RefuseAsync(http, account, name, reason, answer);

    public async Task<Caller?> ByKeyAsync(HttpContext http, string key)
    {
        var shown = new ShownKey(key);
        var caller = admin.Matches(shown) ? Caller.Admin : await keys.FindAsync(shown, http);
        // An agent's key opens its own paths, where no browser has business.
        if (caller is null or { Kind: CallerKind.Agent })
            return null;
        await door.LetInAsync(http, identification.PrincipalOf(caller), null, caller.Name, "key");
        return caller;
    }

    public async Task<Caller?> ByPasswordAsync(HttpContext http, string name, string password)
    {
        if (options.Demo && name == Identification.Demo && password == Identification.Demo)
            return await LetInAsync(http, Identification.Demo, null, Identification.Demo);
        var person = (await people.NowAsync(http.RequestAborted)).State.ByName(name);
        if (!await passwords.IsRightAsync(person?.Id, password, http.RequestAborted) || person is null)
            return null;
        door.Forget(http, name);
        return await LetInAsync(http, Identification.PrincipalOf(person.Id), person.Id, person.Name);
    }

    private async Task<Caller?> LetInAsync(HttpContext http, string principal, Guid? personId, string name)
    {
        await door.LetInAsync(http, principal, personId, name, "password");
        return await identification.CallerAsync(principal, http.RequestAborted);
    }
}

internal static class SignOut
{
    /// <summary>End the browser session.</summary>
    public static async Task<IResult> Handle(HttpContext http, Sessions sessions)
    {
        await sessions.EndAsync(http.Request.Cookies[Sessions.CookieName], http.RequestAborted);
        http.Response.Cookies.Delete(Sessions.CookieName, SessionCookie.Options);
        return Results.NoContent();
    }
}
