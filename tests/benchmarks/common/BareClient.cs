using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;

namespace Torch.Benchmarks.Common;

/// <summary>
/// What as many requests at the same pace cost of this machine in .NET alone: HttpClient in this process, a fresh connection each, one
/// after another per check, certificates verified, and nothing judged or kept of the answers. Figures of other machines can be held against it.
/// </summary>
public static class BareClient
{
    /// <returns>CPU of this process, in milliseconds per 1,000 requests, and how many there were a second.</returns>
    /// <param name="authority">The PEM file of the authority of the target's certificate.</param>
    public static async Task<(double CpuMs, double PerSecond)> MeasureAsync(
        Uri url,
        string authority,
        int checks,
        TimeSpan interval,
        TimeSpan warmUp,
        TimeSpan span
    )
    {
        using var handler = Handler(authority);
        using var client = new HttpClient(handler);
        using var end = new CancellationTokenSource();
        var answered = 0L;
        var asking = Enumerable.Range(0, checks).Select(i => AskAsync(interval * i / checks)).ToList();
        await Task.Delay(warmUp);
        var (before, cpu, begun) = (Interlocked.Read(ref answered), Cpu(), Stopwatch.GetTimestamp());
        await Task.Delay(span);
        var requests = Interlocked.Read(ref answered) - before;
        var (took, elapsed) = (Cpu() - cpu, Stopwatch.GetElapsedTime(begun));
        await end.CancelAsync();
        await Task.WhenAll(asking);
        return (took.TotalMilliseconds / requests * 1_000, requests / elapsed.TotalSeconds);

        async Task AskAsync(TimeSpan offset)
        {
            using var timer = new PeriodicTimer(interval);
            try
            {
                await Task.Delay(offset, end.Token);
                do
                {
                    using var answer = await client.GetAsync(url, end.Token);
                    answer.EnsureSuccessStatusCode();
                    Interlocked.Increment(ref answered);
                } while (await timer.WaitForNextTickAsync(end.Token));
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                // It is over.
            }
        }
    }

    private static SocketsHttpHandler Handler(string authority)
    {
        var trust = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        trust.CustomTrustStore.ImportFromPemFile(authority);
        return new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.Zero,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            SslOptions = { CertificateChainPolicy = trust },
        };
    }

    private static TimeSpan Cpu()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }
}
