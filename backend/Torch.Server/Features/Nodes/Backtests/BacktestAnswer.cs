using System.Text.Json;
using Torch.Contracts;
using Torch.Server.Backtesting;
using Torch.Server.Http;

namespace Torch.Server.Features.Nodes.Backtests;

/// <summary>Runs a backtest and answers it: as one document, or line by line with how far it is. When the client goes away, it ends.</summary>
internal sealed class BacktestAnswer(Backtester backtester, TimeProvider time) : IDisposable
{
    public const string Lines = "application/x-ndjson";

    private const int AtOnce = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private static readonly Fault Busy = new(
        503,
        "backtests_busy",
        $"{AtOnce} backtests run already; more would slow down the present.",
        RetryAfterSeconds: 5
    );

    private readonly SemaphoreSlim _running = new(AtOnce);

    public async Task RunAsync(HttpContext http, BacktestRequest request)
    {
        if (!await _running.WaitAsync(TimeSpan.Zero, http.RequestAborted))
            throw new FaultException(Busy);
        try
        {
            if (http.Request.Headers.Accept.Any(a => a?.Contains(Lines, StringComparison.Ordinal) == true))
                await StreamAsync(http, request);
            else
                await http.Response.WriteAsJsonAsync(
                    await ViewAsync(request, _ => ValueTask.CompletedTask, http.RequestAborted),
                    ApiJson.Output,
                    http.RequestAborted
                );
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for it any more.
        }
        finally
        {
            _running.Release();
        }
    }

    public void Dispose() => _running.Dispose();

    private async Task StreamAsync(HttpContext http, BacktestRequest request)
    {
        http.Response.ContentType = Lines;
        http.Response.Headers["X-Accel-Buffering"] = "no";
        var (began, said) = (time.GetTimestamp(), time.GetTimestamp());
        try
        {
            var view = await ViewAsync(request, SayAsync, http.RequestAborted);
            await WriteAsync(http, new BacktestLine(Result: view));
        }
        catch (FaultException refused)
        {
            await WriteAsync(http, new BacktestLine(Problem: Problems.ToProblem(http, refused.Fault)));
        }

        async ValueTask SayAsync(BacktestShare share)
        {
            http.RequestAborted.ThrowIfCancellationRequested();
            if (time.GetElapsedTime(said) < Pause)
                return;
            said = time.GetTimestamp();
            var rate = (long)(share.Events / time.GetElapsedTime(began).TotalSeconds);
            await WriteAsync(
                http,
                new(new BacktestProgress(decimal.Round((decimal)share.Share, 3), share.Events, rate))
            );
        }
    }

    private async Task<BacktestView> ViewAsync(
        BacktestRequest request,
        Func<BacktestShare, ValueTask> progress,
        CancellationToken ct
    ) => BacktestMapping.View(await backtester.RunAsync(request, progress, ct), request.Drafted);

    private static async Task WriteAsync(HttpContext http, BacktestLine line)
    {
        await JsonSerializer.SerializeAsync(http.Response.Body, line, ApiJson.Output, http.RequestAborted);
        await http.Response.WriteAsync("\n", http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }
}
