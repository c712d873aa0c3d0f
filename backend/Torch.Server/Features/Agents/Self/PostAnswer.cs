using Torch.Contracts;
using Torch.Server.Agents;
using Torch.Server.Http;

namespace Torch.Server.Features.Agents;

internal static class PostAnswer
{
    /// <summary>Answer a trial.</summary>
    /// <remarks>With an agent's key only: what a probe met whose settings nobody has saved. It goes to whoever asked, and is stored nowhere.</remarks>
    /// <param name="epoch">Of the session.</param>
    public static async Task<IResult> Handle(long epoch, HttpContext http, SelfAgents self, AgentLink agents)
    {
        var agent = await self.DelivererAsync(http, epoch);
        if (!http.Request.HasJsonContentType())
            throw new FaultException(Fault.UnsupportedMediaType("application/json"));
        var bytes = await http.ReadBytesAsync(BodyLimits.Bytes);
        var result = RequestBody.Parse<ProbeCompleted>(bytes, PostResults.Json);
        if (ResultSieve.IsTooLarge(result))
            throw new FaultException(Fault.Invalid("", "is larger than a result can be"));
        agents.Answer(agent, result);
        return Results.NoContent();
    }
}
