using System.Net;
using Torch.Contracts;

namespace Torch.Probes.Tests;

/// <summary>The few words that every test of a probe needs.</summary>
internal static class Probing
{
    public static readonly ProbeContext Context = ProbeContext.Default("test-agent");

    public static Task<ProbeCompleted> Probe(string url, HttpExpectation? expect = null, double timeoutMs = 5000) =>
        Probe(new HttpSettings(url, Expect: expect), timeoutMs: timeoutMs);

    public static Task<ProbeCompleted> Probe(
        HttpSettings? settings,
        ProbeContext? context = null,
        double timeoutMs = 5000,
        CancellationToken token = default
    )
    {
        var run = new RunProbe(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            CheckKind.Http,
            TimeSpan.FromMilliseconds(timeoutMs),
            new ProbeSettings(settings)
        );
        return ProbeRegistry.RunAsync(run, context ?? Context, token);
    }

    public static void ShouldBeDown(this ProbeCompleted result, string cause)
    {
        result.Cause.ShouldBe(cause, result.Message);
        result.Outcome.ShouldBe(ProbeOutcome.Down);
        result.Message.ShouldNotBeNullOrEmpty();
    }

    public static void ShouldBeInconclusive(this ProbeCompleted result)
    {
        result.Cause.ShouldBe("local", result.Message);
        result.Outcome.ShouldBe(ProbeOutcome.Inconclusive);
    }

    public static Resolver Names(params string[] addresses) =>
        (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray());
}
