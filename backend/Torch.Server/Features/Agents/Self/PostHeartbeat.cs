using FluentValidation;
using Torch.Contracts;
using Torch.Server.Agents;
using Torch.Server.Http;
using Torch.Server.SystemLogs;

namespace Torch.Server.Features.Agents;

internal static class PostHeartbeat
{
    /// <summary>Say that the agent is there, and how it does.</summary>
    /// <remarks>With an agent's key only; every 5 s. After 18 s of silence it is away, and others of its location run its checks.</remarks>
    public static async Task<AgentLease> Handle(
        HttpContext http,
        HeartbeatValidator validator,
        SelfAgents self,
        LiveAgents live,
        LogCapture logs
    )
    {
        var heartbeat = (await http.ReadJsonAsync(validator)).Value;
        var member = await self.LiveAsync(http, heartbeat.Epoch);
        logs.Take(member.Name, member.Host ?? member.Name, heartbeat.Logs ?? []);
        return new(live.Renew(member, heartbeat with { Logs = null }));
    }
}

internal sealed class HeartbeatValidator : AbstractValidator<AgentHeartbeat>
{
    private const int MostWarnings = 20;
    private const int MostLines = 20;

    public HeartbeatValidator()
    {
        RuleFor(h => h.Warnings)
            .Must(w => w is null || w.Count <= MostWarnings)
            .WithMessage($"at most {MostWarnings} warnings");
        RuleForEach(h => h.Warnings).Text();
        RuleFor(h => h.Logs).Must(l => l is null || l.Count <= MostLines).WithMessage($"at most {MostLines} lines");
        RuleForEach(h => h.Logs).NotNull();
        RuleForEach(h => h.Logs).SetValidator(new LineValidator());
        RuleFor(h => h.Spool!.Fault!).Text().When(h => h.Spool?.Fault is not null);
    }
}

internal sealed class LineValidator : AbstractValidator<AgentLogLine>
{
    public LineValidator()
    {
        RuleFor(l => l.Id).NotEqual(Guid.Empty).WithMessage("must be the line's own id");
        RuleFor(l => l.Component).Name();
        RuleFor(l => l.Message).NotNull();
        RuleFor(l => l.Message).Text();
        RuleFor(l => l.Exception).Text();
    }
}
