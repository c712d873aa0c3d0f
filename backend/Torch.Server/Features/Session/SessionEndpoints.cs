using Torch.Contracts;
using Torch.Server.Auth;

namespace Torch.Server.Features.Session;

internal static class SessionEndpoints
{
    public static void MapSession(this IEndpointRouteBuilder api)
    {
        // Whoever is not signed in yet must be able to ask and to sign in.
        var session = api.MapGroup("/session").WithTags("Session").Needs(Right.Anonymous);
        session.MapGet("", GetSession.Handle).WithName("GetSession");
        session
            .MapPost("", SignIn.Handle)
            .WithName("SignIn")
            .Takes<Contracts.SignIn>()
            .Produces<SessionView>()
            .Refuses(400, 401, 403, 413, 415, 429);
        session.MapDelete("", SignOut.Handle).WithName("SignOut").Produces(204);
        session
            .MapPost("/setup", SetUp.Handle)
            .WithName("SetUp")
            .Takes<Contracts.SetUp>()
            .Produces<SessionView>(201)
            .Refuses(400, 403, 409, 413, 415, 422, 429);
        session
            .MapGet("/provider", AskProvider.Handle)
            .WithName("SignInThroughProvider")
            .Produces(302)
            .Refuses(400, 403, 404);
        session
            .MapPut("/password", PutOwnPassword.Handle)
            .WithName("ChangeOwnPassword")
            .WithinSight()
            .Needs(Right.Person)
            .Takes<ChangePassword>()
            .Produces<Accepted>()
            .Refuses(400, 403, 409, 413, 415, 429);
    }
}
