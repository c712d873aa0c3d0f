using Torch.Contracts;
using Torch.Server.Auth;

namespace Torch.Server.Features.Keys;

internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("Keys").Needs(Right.Admin);
        keys.MapGet("", ListKeys.Handle).WithName("ListKeys");
        keys.MapPost("", PostKey.Handle)
            .WithName("CreateKey")
            .Takes<KeyRequest>()
            .Produces<KeyMade>(201)
            .Refuses(400, 409, 413, 415, 422);
        keys.MapGet("/{id:guid}", GetKey.Handle).WithName("GetKey").Refuses(404);
        keys.MapPatch("/{id:guid}", PatchKey.Handle)
            .WithName("ChangeKey")
            .Takes<KeyChange>()
            .IsCommand()
            .Refuses(404, 413, 415);
        keys.MapDelete("/{id:guid}", DeleteKey.Handle).WithName("RevokeKey").IsCommand().Refuses(404);
        keys.MapPost("/{id:guid}/rotate", RotateKey.Handle)
            .WithName("RotateKey")
            .Takes<KeyRotation>()
            .Produces<KeyMade>()
            .Refuses(400, 404, 409, 413, 415);
    }
}
