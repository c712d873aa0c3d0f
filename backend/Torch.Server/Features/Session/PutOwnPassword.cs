using FluentValidation;
using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Session;

internal static class PutOwnPassword
{
    private static readonly Fault Wrong = new(
        403,
        "wrong_password",
        "The present password is another one.",
        new Dictionary<string, IReadOnlyList<string>> { ["/current"] = ["is another one"] }
    );

    /// <summary>Give oneself another password.</summary>
    /// <remarks>All one's other sessions end.</remarks>
    public static async Task<IResult> Handle(HttpContext http, Passwords passwords, Door door, PasswordChange change)
    {
        var name = http.Actor();
        door.RequireOpen(http, name);
        var wanted = (await http.ReadJsonAsync(Validator)).Value;
        if (!await passwords.IsRightAsync(http.Holder(), wanted.Current, http.RequestAborted))
            return (await door.RefuseAsync(http, name, name, "wrong_password", Wrong)).Answer();
        return await change.RunAsync(http, http.Holder(), wanted.Password, http.Caller()!.Session);
    }

    private static readonly InlineValidator<ChangePassword> Validator = Make();

    private static InlineValidator<ChangePassword> Make()
    {
        var validator = new InlineValidator<ChangePassword>();
        validator.RuleFor(s => s.Current).Must(c => c.Length is > 0 and <= 500).WithMessage("must be the present one");
        validator.RuleFor(s => s.Password).NewPassword();
        return validator;
    }
}
