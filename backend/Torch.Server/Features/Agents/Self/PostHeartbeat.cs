using FluentValidation;
using Torch.Contracts;
using Torch.Server.Agents;
using Torch.Server.Http;

namespace Torch.Server.Features.Agents;

internal static class PostHeartbeat
{
    /// <summary>Say that the agent is there, and how it does.</summary>
    /// <remarks>With an agent's key only; every 5 s. After 18 s of silence it is away, and others of its location run its checks.</remarks>
    public static async Task<AgentLease> Handle(
        HttpContext http,
        HeartbeatValidator validator,
        SelfAgents self,
        LiveAgents live
    )
    {
        var heartbeat = (await http.ReadJsonAsync(validator)).Value;
        var member = await self.LiveAsync(http, heartbeat.Epoch);
        return new(live.Renew(member, heartbeat));
    }
}

internal sealed class HeartbeatValidator : AbstractValidator<AgentHeartbeat>
{
    private const int MostWarnings = 20;

    public HeartbeatValidator()
    {
        RuleFor(h => h.Warnings)
            .Must(w => w is null || w.Count <= MostWarnings)
            .WithMessage($"at most {MostWarnings} warnings");
        RuleForEach(h => h.Warnings).Text();
        RuleFor(h => h.Spool!.Fault!).Text().When(h => h.Spool?.Fault is not null);
    }
}
