using System.Diagnostics;
using Torch.Contracts;
using Torch.Probes;

namespace Torch.Agent.Scheduling;

/// <summary>Runs probes within the limits: one per check, some per host, more in all.</summary>
internal sealed class ProbeRunner(AgentOptions options, ProbeContext context, AgentMeter meter)
{
    private readonly KeyedLimit<Guid> _perCheck = new(1);
    private readonly KeyedLimit<string> _perHost = new(options.MaxProbesPerHost);
    private readonly SemaphoreSlim _all = new(options.MaxProbes);

    /// <summary>Waits for its turn and runs.</summary>
    /// <param name="lateness">Asked when the probe really starts.</param>
    public async Task<ProbeCompleted> RunAsync(
        RunProbe run,
        Func<TimeSpan> lateness,
        CancellationToken cancellationToken
    )
    {
        using var check = await _perCheck.EnterAsync(run.CheckId, cancellationToken);
        using var host = await _perHost.EnterAsync(ProbeTargets.HostOf(run.Settings), cancellationToken);
        await _all.WaitAsync(cancellationToken);
        try
        {
            var late = lateness();
            using var span = AgentMeter.Spans.StartActivity("probe", ActivityKind.Client);
            var result = await ProbeRegistry.RunAsync(run, context, cancellationToken);
            span?.SetTag("torch.check", run.CheckId)
                .SetTag("torch.kind", run.Kind.ToString().ToLowerInvariant())
                .SetTag("torch.outcome", result.Outcome.ToString().ToLowerInvariant());
            result = result with { LatenessMs = Math.Round(Math.Max(0, late.TotalMilliseconds), 3) };
            meter.Ran(run.Kind, result);
            return result;
        }
        finally
        {
            _all.Release();
        }
    }
}
