using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Torch.Contracts;

namespace Torch.Agent.Export;

/// <summary>Moves results from the buffer to the server, in order, until the server has them; <see cref="ExportPacing"/> decides the waits.</summary>
public sealed class Exporter(
    IResultBuffer buffer,
    Func<ResultDelivery, CancellationToken, Task<long>> deliver,
    ExportPacing pacing,
    TimeProvider time,
    ILogger<Exporter> log
)
{
    private int _failures;

    /// <summary>Delivers until cancelled, then drains what waits for as long as <see cref="ExportPacing.DrainLimit"/>.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await buffer.WaitAsync(cancellationToken);
                await Task.Delay(pacing.WaitFor(buffer.Count), time, cancellationToken);
                await DeliverOldestAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await DrainAsync();
        }
    }

    private async Task DrainAsync()
    {
        using var limit = new CancellationTokenSource(pacing.DrainLimit, time);
        try
        {
            await buffer.FlushAsync(limit.Token);
            while (await DeliverOldestAsync(limit.Token)) { }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            log.LogWarning("Stopped with {Results} results that the server did not take", buffer.Count);
        }
    }

    /// <summary>True where there was something to deliver, whether or not the server took it.</summary>
    private async Task<bool> DeliverOldestAsync(CancellationToken cancellationToken)
    {
        if (buffer.Peek(pacing.BatchSize) is not { } batch)
            return false;
        using var span = AgentMeter.Spans.StartActivity("deliver results", ActivityKind.Client);
        span?.SetTag("torch.results", batch.Results.Count);
        try
        {
            var offset = await deliver(batch, cancellationToken);
            buffer.Settle(batch, offset);
            if (offset <= batch.From)
                throw new InvalidOperationException($"it stands at {offset}, where {batch.To} was to be reached");
            Recovered();
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            span?.SetStatus(ActivityStatusCode.Error, fault.Message).Stop();
            await BackOffAsync(fault, cancellationToken);
        }
        return true;
    }

    private async Task BackOffAsync(Exception fault, CancellationToken cancellationToken)
    {
        var wait = pacing.BackOff(++_failures, Random.Shared.NextDouble());
        if (_failures == 1)
            log.LogWarning(
                "The server did not take results: {Reason}; {Results} wait, next try in {Wait}",
                fault.Message,
                buffer.Count,
                wait
            );
        log.LogDebug(fault, "The delivery failed {Failures} times in a row", _failures);
        await Task.Delay(wait, time, cancellationToken);
    }

    private void Recovered()
    {
        if (_failures > 0)
            log.LogInformation("The server takes results again; {Dropped} were dropped so far", buffer.Dropped);
        _failures = 0;
    }
}
