using Torch.Contracts;
using Torch.Server.Retaining;

namespace Torch.Server.Features.Retention;

internal static class GetRetention
{
    /// <summary>The settings, every partition, and why each one stays.</summary>
    public static async Task<RetentionView> Handle(IRetentionStatus status, CancellationToken cancellationToken) =>
        RetentionMapping.View(status, await status.JudgeAsync(cancellationToken));
}
