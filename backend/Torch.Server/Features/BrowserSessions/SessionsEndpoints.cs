using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.BrowserSessions;

internal static class SessionsEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder api)
    {
        // Each sees and ends their own; only an admin those of others.
        var sessions = api.MapGroup("/sessions").WithTags("Session").Needs(Right.Read);
        sessions.MapGet("", ListSessions.Handle).WithName("ListSessions").WithinSight().Refuses(400);
        sessions
            .MapDelete("/{id:guid}", RevokeSession.Handle)
            .WithName("RevokeSession")
            .WithinSight()
            .Produces(204)
            .Refuses(404);
    }
}

internal static class ListSessions
{
    /// <summary>The browsers that are signed in, the newest first: one's own, or everybody's for an admin.</summary>
    /// <param name="all">True for everybody's, which needs an admin.</param>
    public static async Task<Page<SignedInBrowser>> Handle(
        bool? all,
        HttpContext http,
        Auth.Sessions sessions,
        Identification identification
    )
    {
        var caller = http.Caller()!;
        if (all == true && !caller.May(Right.Admin))
            throw new FaultException(new Fault(403, "forbidden", "Only an admin sees everybody's sessions."));
        var found = await sessions.ListAsync(
            all == true ? null : identification.PrincipalOf(caller),
            http.RequestAborted
        );
        var views = new List<SignedInBrowser>();
        foreach (var session in found)
            if (await identification.CallerAsync(session.Principal, http.RequestAborted) is { } who)
                views.Add(View(session, who, caller));
        return new(views, null, 0);
    }

    private static SignedInBrowser View(BrowserSession session, Caller who, Caller asks) =>
        new(
            session.Id,
            who.Name,
            who.Kind == CallerKind.Person ? who.Subject : null,
            session.StartedAt,
            session.SeenAt,
            session.Origin,
            session.Agent,
            session.Id == asks.Session
        );
}

internal static class RevokeSession
{
    /// <summary>End a session: one's own, or anybody's for an admin.</summary>
    /// <remarks>Its browser has to sign in again, within five seconds on every server.</remarks>
    public static async Task<IResult> Handle(
        Guid id,
        HttpContext http,
        Auth.Sessions sessions,
        Identification identification,
        SignInJournal journal
    )
    {
        var caller = http.Caller()!;
        var whose = caller.May(Right.Admin) ? null : identification.PrincipalOf(caller);
        if (await sessions.EndAsync(id, whose, http.RequestAborted) is not { } principal)
            return Fault.NotFound("session").Answer();
        await journal.RevokedAsync(http, id, principal);
        return Results.NoContent();
    }
}
