using Torch.Contracts;
using Torch.Server.Auth;

namespace Torch.Server.Features.Channels;

internal static class ChannelEndpoints
{
    public static void MapChannels(this IEndpointRouteBuilder api)
    {
        var channels = api.MapGroup("/channels").WithTags("Notices").Needs(Right.Read, change: Right.Admin);
        channels.MapGet("", ListChannels.Handle).WithName("ListChannels").Refuses(400);
        channels
            .MapPost("", PostChannel.Handle)
            .WithName("CreateChannel")
            .Takes<ChannelRequest>()
            .IsCommand(201)
            .Refuses(413, 415);
        channels.MapGet("/{id:guid}", GetChannel.Handle).WithName("GetChannel").Refuses(404);
        channels
            .MapPut("/{id:guid}", PutChannel.Handle)
            .WithName("ChangeChannel")
            .Takes<ChannelRequest>()
            .IsCommand()
            .Refuses(404, 413, 415);
        channels.MapDelete("/{id:guid}", DeleteChannel.Handle).WithName("DeleteChannel").IsCommand().Refuses(404);
        channels
            .MapPost("/{id:guid}/secret", RotateSecret.Handle)
            .WithName("RotateChannelSecret")
            .Produces<SigningSecret>()
            .Refuses(404, 409, 422);
        channels
            .MapPost("/{id:guid}/test", TestChannel.Handle)
            .WithName("TestChannel")
            .Produces<ChannelTest>()
            .Refuses(404);
    }
}
