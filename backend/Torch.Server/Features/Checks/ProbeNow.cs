using Torch.Server.Http;

namespace Torch.Server.Features.Checks;

/// <summary>Has an agent probe, and waits for what it says: as long as the probe may take, and a margin.</summary>
internal sealed class ProbeNow(IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    public static readonly Fault NoProbe = new(
        422,
        "no_probe",
        "A report is sent by a script: there is nothing to run."
    );

    private static readonly Fault NoAgent = new(
        503,
        "no_agent",
        "No agent is live that could run it.",
        RetryAfterSeconds: 5
    );

    private static readonly Fault Stopping = new(
        503,
        "stopping",
        "Torch is stopping. Run it again once it is back.",
        RetryAfterSeconds: 5
    );

    private static readonly Fault Late = new(504, "no_result", "No result came back within the timeout and 5 s.");

    /// <param name="timeout">Of the probe.</param>
    /// <param name="run">Answers null where no agent is live that could run it.</param>
    /// <param name="answer">What is made of the result.</param>
    public async Task<IResult> AnswerAsync<T>(
        TimeSpan timeout,
        Func<CancellationToken, Task<T?>> run,
        Func<T, Task<IResult>> answer,
        CancellationToken cancellationToken
    )
        where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken,
            lifetime.ApplicationStopping
        );
        limit.CancelAfter(timeout + Margin);
        T? result;
        try
        {
            result = await run(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return lifetime.ApplicationStopping.IsCancellationRequested ? Stopping.Answer() : Late.Answer();
        }
        return result is null ? NoAgent.Answer() : await answer(result);
    }
}
