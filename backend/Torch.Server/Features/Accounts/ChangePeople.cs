using System.Text.Json;
using FluentValidation;
using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.People;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Accounts;

internal static class PostPerson
{
    /// <summary>Make an account.</summary>
    /// <remarks>The first one is an admin's: from then on nobody comes in without an account or a key.</remarks>
    /// <response code="201">Made.</response>
    public static async Task<IResult> Handle(HttpContext http, Commands commands, People people, Passwords passwords)
    {
        var body = await http.ReadJsonAsync(Validator);
        var (name, role, fullName, hierarchies, password) = body.Value;
        var settings = new PersonSettings(name, role, fullName, hierarchies is { Count: 0 } ? null : hierarchies);
        var id = Guid.CreateVersion7();
        var answer = await commands.RunAsync(
            http,
            // Its hash is kept with an Idempotency-Key: a password would be guessed from it faster than from its own.
            JsonSerializer.SerializeToUtf8Bytes(body.Value with { Password = null }),
            async ct =>
            {
                var (known, version) = await people.NowAsync(ct);
                var events = known.Create(id, settings).EventsOrRefuse();
                var append = JournalStreams.OfPeople(events, version, EventHeaders.Of(http));
                // Before the event: who has an account must be able to come in.
                if (password is not null)
                    await passwords.SetAsync(id, password, ct);
                return Change.Of(id, append, $"/api/v1/people/{id}");
            }
        );
        await people.NowAsync(http.RequestAborted);
        return answer;
    }

    private static readonly InlineValidator<PersonRequest> Validator = Make();

    private static InlineValidator<PersonRequest> Make()
    {
        var validator = new InlineValidator<PersonRequest>();
        validator.RuleFor(p => p.Name).Name();
        validator.RuleFor(p => p.Password).NewPassword().When(p => p.Password is not null);
        return validator;
    }
}

internal static class PatchPerson
{
    /// <summary>Give somebody another name, role or hierarchies.</summary>
    /// <remarks>What they may do changes within five seconds, also where they are signed in. The last admin stays one.</remarks>
    public static Task<IResult> Handle(Guid id, HttpContext http, Commands commands, People people) =>
        PeopleDeciding.RunAsync<PersonChange>(
            http,
            commands,
            people,
            id,
            (known, person, wanted) => known.Change(id, Changed(person.Settings, wanted))
        );

    private static PersonSettings Changed(PersonSettings known, PersonChange wanted) =>
        new(
            wanted.Name ?? known.Name,
            wanted.Role ?? known.Role,
            wanted.FullName is { } full ? (full.Length == 0 ? null : full) : known.FullName,
            wanted.Hierarchies is { } roots ? (roots.Count == 0 ? null : roots)
                : wanted.Role is Roles.Admin ? null
                : known.Hierarchies
        );
}

internal static class DeletePerson
{
    /// <summary>Remove an account.</summary>
    /// <remarks>Its sessions end. What they did stays in the log under their name.</remarks>
    public static async Task<IResult> Handle(
        Guid id,
        HttpContext http,
        Commands commands,
        People people,
        Passwords passwords,
        Auth.Sessions sessions
    )
    {
        var answer = await PeopleDeciding.RunAsync(http, commands, people, id, known => known.Remove(id));
        await passwords.RemoveAsync(id, http.RequestAborted);
        await sessions.EndAllAsync(Identification.PrincipalOf(id), null, http.RequestAborted);
        return answer;
    }
}

internal static class PutPassword
{
    /// <summary>Give somebody a password.</summary>
    /// <remarks>All their sessions end. They change it themselves once they are in.</remarks>
    public static async Task<IResult> Handle(Guid id, HttpContext http, PasswordChange change)
    {
        var wanted = (await http.ReadJsonAsync(Validator)).Value;
        return await change.RunAsync(http, id, wanted.Password, null);
    }

    private static readonly InlineValidator<SetPassword> Validator = Make();

    private static InlineValidator<SetPassword> Make()
    {
        var validator = new InlineValidator<SetPassword>();
        validator.RuleFor(p => p.Password).NewPassword();
        return validator;
    }
}

/// <summary>A change of one account that exists.</summary>
internal static class PeopleDeciding
{
    public static async Task<IResult> RunAsync<T>(
        HttpContext http,
        Commands commands,
        People people,
        Guid id,
        Func<PeopleRegister, Person, T, Decision> decide
    )
        where T : notnull
    {
        var body = await http.ReadJsonAsync<T>();
        return await RunAsync(
            http,
            commands,
            people,
            id,
            known => decide(known, known.ById(id) ?? throw new FaultException(Fault.NotFound("person")), body.Value),
            body.Bytes
        );
    }

    public static async Task<IResult> RunAsync(
        HttpContext http,
        Commands commands,
        People people,
        Guid id,
        Func<PeopleRegister, Decision> decide,
        byte[]? body = null
    )
    {
        var answer = await commands.RunAsync(
            http,
            body ?? [],
            async ct =>
            {
                var (known, version) = await people.NowAsync(ct);
                if (known.ById(id) is { } person)
                    http.Request.RequireMatch(person.Version);
                var events = decide(known).EventsOrRefuse();
                var append = JournalStreams.OfPeople(events, version, EventHeaders.Of(http));
                var after = events.Count == 0 ? known.ById(id)!.Version : version + events.Count;
                return new Change(id, [append], after);
            }
        );
        // This server goes by it at once.
        await people.NowAsync(http.RequestAborted);
        return answer;
    }
}
