using Torch.Contracts;
using Torch.Server.Auth;

namespace Torch.Server.Features.Agents;

internal static class AgentEndpoints
{
    public static void MapAgents(this IEndpointRouteBuilder api)
    {
        var agents = api.MapGroup("/agents").WithTags("Agents").Needs(Right.Read, change: Right.Admin);
        agents.MapGet("", ListAgents.Handle).WithName("ListAgents").Refuses(400);
        agents
            .MapPost("", RegisterAgent.Handle)
            .WithName("RegisterAgent")
            .Takes<AgentRequest>()
            .Produces<AgentRegistration>(201)
            .Refuses(400, 413, 415, 422);
        agents.MapGet("/{id:guid}", GetAgent.Handle).WithName("GetAgent").Refuses(404);
        agents
            .MapPatch("/{id:guid}", ChangeAgent.Handle)
            .WithName("ChangeAgent")
            .Takes<AgentChange>()
            .IsCommand()
            .Refuses(404, 413, 415);
        agents.MapDelete("/{id:guid}", RemoveAgent.Handle).WithName("RemoveAgent").IsCommand().Refuses(404);
        agents
            .MapPost("/{id:guid}/key", RotateKey.Handle)
            .WithName("RotateAgentKey")
            .Produces<AgentKey>()
            .Refuses(404, 409, 422);
        agents.MapSelf();
    }
}
