using Torch.Domain;
using Torch.Domain.Checks;
using Torch.Domain.Nodes;

namespace Torch.Benchmarks.Evaluation;

/// <summary>1,000 checks below 30 groups below one root, and what they say: reports and probes by turns, as a log holds them.</summary>
internal static class Observed
{
    private const int Checks = 1_000;
    private const int Groups = 30;
    private static readonly DateTimeOffset At = new(2026, 11, 21, 6, 0, 0, TimeSpan.Zero);

    public static IEnumerable<IEvent> Structure()
    {
        yield return new NodeCreated(Id(1, 0), "shop", null, []);
        for (var i = 0; i < Groups; i++)
        {
            yield return new NodeCreated(Id(2, i), "group", null, []);
            yield return new ChildLinked(Id(1, 0), Id(2, i));
        }
        for (var i = 0; i < Checks; i++)
        {
            yield return new NodeCreated(Id(3, i), "leaf", Id(4, i), []);
            yield return new ChildLinked(Id(2, i % Groups), Id(3, i));
        }
    }

    public static IEnumerable<IEvent> Observations(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var check = i * 7 % Checks;
            var up = (i / Checks + check) % 10 != 3;
            yield return i % 2 == 0
                ? new ReportReceived(Id(4, check), "shop/backup", At, 12.5, up ? "up" : "degraded", "took 12 s")
                : Probe(Id(4, check), up);
        }
    }

    private static ProbeCompleted Probe(Guid check, bool up) =>
        new(
            check,
            Guid.CreateVersion7(),
            At,
            up ? "up" : "down",
            up ? null : "status_code",
            up ? null : "503 is not in 200-299",
            up ? 200 : 503,
            "1.1",
            "127.0.0.1",
            new(0.4, 0.8, 3.1, 12.5, 1.2, 18),
            new("CN=shop.example", "CN=Example CA", At.AddDays(60), 60),
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Content-Type"] = "text/html",
                ["Server"] = "shop",
            },
            null,
            5120,
            0.3,
            "local"
        );

    private static Guid Id(int kind, int i) => new(kind, 0, 7, BitConverter.GetBytes((long)i));
}
