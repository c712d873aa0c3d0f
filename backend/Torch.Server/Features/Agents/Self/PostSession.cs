using FluentValidation;
using Npgsql;
using Torch.Contracts;
using Torch.Server.Agents;
using Torch.Server.Http;

namespace Torch.Server.Features.Agents;

internal static class PostSession
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    private const string Offset = "select last_offset from torch_log.spool_offsets where spool_id = $1";

    /// <summary>Open a session.</summary>
    /// <remarks>With an agent's key only. It fences the session before: of two processes with one key, the newer works.</remarks>
    public static async Task<AgentSession> Handle(
        HttpContext http,
        HelloValidator validator,
        SelfAgents self,
        AgentSessions sessions,
        LiveAgents live,
        NpgsqlDataSource db
    )
    {
        self.RequireOpen();
        var hello = (await http.ReadJsonAsync(validator)).Value;
        var agent = await self.RegisteredAsync(http);
        var epoch = await sessions.ConnectAsync(agent, hello, http.RequestAborted);
        live.Join(
            new(agent.Id, agent.Name, agent.Location, epoch, isLocal: false)
            {
                Host = hello.Host,
                Kinds = hello.Kinds.ToHashSet(),
            }
        );
        var offsets = await db.QueryAsync(Offset, [hello.SpoolId], r => r.GetInt64(0), http.RequestAborted);
        return new(agent.Id, agent.Name, agent.Location, epoch, offsets.FirstOrDefault(), Heartbeat);
    }
}

internal sealed class HelloValidator : AbstractValidator<AgentHello>
{
    private const int MostKinds = 50;

    public HelloValidator()
    {
        RuleFor(h => h.SpoolId).NotEqual(Guid.Empty).WithMessage("must be the id of a spool");
        RuleFor(h => h.Version).Name();
        RuleFor(h => h.Host).Name();
        RuleFor(h => h.Kinds).Must(kinds => kinds.Count is > 0 and <= MostKinds).WithMessage("must name a kind");
    }
}
