using Torch.Server.Http;
using Torch.Server.Retaining;

namespace Torch.Server.Features.Retention;

internal static class RunRetention
{
    /// <summary>Run it now instead of within a minute. It works for some seconds and goes on by itself where that is not enough.</summary>
    /// <param name="dryRun">Only say what would go, and why the rest stays.</param>
    public static async Task<IResult> Handle(bool? dryRun, Retainer retainer, CancellationToken cancellationToken)
    {
        var outcome = dryRun is true
            ? await retainer.JudgeAsync(cancellationToken)
            : await retainer.RunAsync(cancellationToken);
        return outcome is null
            ? new Fault(409, "running", "Retention is running already.", RetryAfterSeconds: 5).Answer()
            : Results.Ok(RetentionMapping.View(retainer, outcome));
    }
}
