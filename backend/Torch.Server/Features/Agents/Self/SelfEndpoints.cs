using Torch.Contracts;
using Torch.Server.Auth;

namespace Torch.Server.Features.Agents;

internal static class SelfEndpoints
{
    /// <summary>What an agent does with its key, and nobody else can.</summary>
    public static void MapSelf(this IEndpointRouteBuilder agents)
    {
        var self = agents.MapGroup("/self").Needs(Right.Agent);
        self.MapPost("/session", PostSession.Handle)
            .WithName("OpenAgentSession")
            .Takes<AgentHello>()
            .Produces<AgentSession>()
            .Refuses(400, 413, 415);
        self.MapGet("/checks", GetChecks.Handle)
            .WithName("GetAgentChecks")
            .Produces<AgentChecks>()
            .Produces(204)
            .Refuses(400, 409);
        self.MapGet("/runs", GetRuns.Handle).WithName("GetAgentRuns").Refuses(400, 409);
        self.MapPost("/heartbeat", PostHeartbeat.Handle)
            .WithName("SendAgentHeartbeat")
            .Takes<AgentHeartbeat>()
            .Produces<AgentLease>()
            .Refuses(400, 409, 413, 415);
        self.MapPost("/answers", PostAnswer.Handle)
            .WithName("AnswerTrial")
            .Takes<ProbeCompleted>()
            .Produces(204)
            .Refuses(400, 409, 413, 415);
        self.MapPost("/results", PostResults.Handle)
            .WithName("DeliverAgentResults")
            .Takes<ResultDelivery>()
            .Produces<ResultsTaken>()
            .Refuses(400, 409, 413, 415);
    }
}
