using System.Diagnostics;
using Torch.Contracts;

namespace Torch.Agent.Tests;

internal static class Some
{
    public static ScheduledCheck Check(double intervalSeconds, Guid? id = null, long version = 1, string? url = null) =>
        new(
            id ?? Guid.CreateVersion7(),
            version,
            "shop",
            CheckKind.Http,
            TimeSpan.FromSeconds(intervalSeconds),
            TimeSpan.FromSeconds(2),
            new ProbeSettings(new HttpSettings(url ?? "http://127.0.0.1/"))
        );

    public static ProbeCompleted Result(int number = 0) =>
        new(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            FakeTime.Start,
            ProbeOutcome.Up,
            null,
            null,
            number,
            null,
            null,
            new Latency(null, null, null, null, null, 1),
            null,
            null,
            null,
            null,
            0,
            "agent"
        );

    /// <summary>Waits for what other threads bring about, at most ten seconds.</summary>
    /// <param name="otherwise">What to say where it does not happen.</param>
    public static async Task Until(Func<bool> condition, Func<string>? otherwise = null)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60), otherwise?.Invoke());
            await Task.Delay(2);
        }
    }
}
