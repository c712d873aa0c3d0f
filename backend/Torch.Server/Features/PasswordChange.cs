using Torch.Server.Auth;

namespace Torch.Server.Features;

/// <summary>Gives somebody another password and ends their sessions.</summary>
internal sealed class PasswordChange(Passwords passwords, Sessions sessions, People people, Commands commands)
{
    /// <param name="except">The session that goes on.</param>
    public async Task<IResult> RunAsync(HttpContext http, Guid personId, string password, Guid? except)
    {
        var answer = await commands.RunAsync(
            http,
            [],
            async ct =>
            {
                var (known, version) = await people.NowAsync(ct);
                var events = known.ChangePassword(personId).EventsOrRefuse();
                await passwords.SetAsync(personId, password, ct);
                return Change.Of(personId, JournalStreams.OfPeople(events, version, EventHeaders.Of(http)));
            }
        );
        await sessions.EndAllAsync(Identification.PrincipalOf(personId), except, http.RequestAborted);
        await people.NowAsync(http.RequestAborted);
        return answer;
    }
}
