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

    public static Task<ProbeCompleted> Run(
        CheckKind kind,
        ProbeSettings settings,
        ProbeContext? context = null,
        double timeoutMs = 5000
    )
    {
        var run = new RunProbe(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            kind,
            TimeSpan.FromMilliseconds(timeoutMs),
            settings
        );
        return ProbeRegistry.RunAsync(run, context ?? Context, CancellationToken.None);
    }

    public static Task<ProbeCompleted> AskTcp(TcpSettings tcp, ProbeContext? context = null, double timeoutMs = 5000) =>
        Run(CheckKind.Tcp, new ProbeSettings(Tcp: tcp), context, timeoutMs);

    public static Task<ProbeCompleted> AskTls(TlsSettings tls, ProbeContext? context = null, double timeoutMs = 5000) =>
        Run(CheckKind.Tls, new ProbeSettings(Tls: tls), context, timeoutMs);

    public static Task<ProbeCompleted> AskDns(DnsSettings dns, ProbeContext? context = null, double timeoutMs = 5000) =>
        Run(CheckKind.Dns, new ProbeSettings(Dns: dns), context, timeoutMs);

    public static Task<ProbeCompleted> Ping(IcmpSettings icmp, ProbeContext? context = null, double timeoutMs = 5000) =>
        Run(CheckKind.Icmp, new ProbeSettings(Icmp: icmp), context, timeoutMs);

    public static Task<ProbeCompleted> Session(
        PostgresSettings postgres,
        ProbeContext? context = null,
        double timeoutMs = 5000
    ) => Run(CheckKind.Postgres, new ProbeSettings(Postgres: postgres), context, timeoutMs);

    public static void ShouldBeUp(this ProbeCompleted result) =>
        result.Outcome.ShouldBe(ProbeOutcome.Up, $"{result.Cause}: {result.Message}");

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
