using FluentValidation;
using Torch.Domain.People;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Session;

internal static class SetUp
{
    private const string Account = "setup";

    private static readonly Fault Closed = new(
        409,
        "set_up_already",
        "An admin has an account: sign in, and make further ones there."
    );

    private static readonly Fault WrongToken = new(
        403,
        "wrong_token",
        "This is not the token that Torch printed when it started."
    );

    private static readonly Fault BadName = new(
        422,
        "bad_person_name",
        "A name to sign in with has 1 to 100 letters, digits and the characters . _ @ + -, and nobody else has it.",
        new Dictionary<string, IReadOnlyList<string>> { ["/name"] = ["cannot be used"] }
    );

    /// <summary>Make the first account, with the token that Torch printed when it started.</summary>
    /// <remarks>It is an admin's, and signed in at once. From then on nobody comes in without an account or a key.</remarks>
    /// <response code="201">Made.</response>
    public static async Task<IResult> Handle(
        HttpContext http,
        Setup setup,
        Door door,
        PeopleCommands commands,
        Passwords passwords,
        Identification identification,
        SessionViews views
    )
    {
        door.RequireOpen(http, Account);
        var wanted = (await http.ReadJsonAsync(Validator)).Value;
        if (!await setup.IsOpenAsync(http.RequestAborted))
            return Closed.Answer();
        if (!setup.Matches(wanted.Token))
            return (await door.RefuseAsync(http, Account, Account, "wrong_token", WrongToken)).Answer();
        var settings = new PersonSettings(wanted.Name, Roles.Admin);
        if (await commands.TryCreateAsync(http, settings, Account) is not { } person)
            return BadName.Answer();
        await passwords.SetAsync(person.Id, wanted.Password, http.RequestAborted);
        var principal = Identification.PrincipalOf(person.Id);
        await door.LetInAsync(http, principal, person.Id, person.Name, "setup");
        var caller = await identification.CallerAsync(principal, http.RequestAborted);
        return Results.Json(await views.OfAsync(http, caller), statusCode: StatusCodes.Status201Created);
    }

    private static readonly InlineValidator<Contracts.SetUp> Validator = Make();

    private static InlineValidator<Contracts.SetUp> Make()
    {
        var validator = new InlineValidator<Contracts.SetUp>();
        validator.RuleFor(s => s.Token).Must(t => t.Length is > 0 and <= 200).WithMessage("must be the token");
        validator.RuleFor(s => s.Name).Name();
        validator.RuleFor(s => s.Password).NewPassword();
        return validator;
    }
}
