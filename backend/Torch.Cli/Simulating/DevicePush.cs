using Torch.Cli.Client;

namespace Torch.Cli.Simulating;

/// <summary>The devices' own reports, pushed to a server on a steady beat.</summary>
internal sealed class DevicePush(DeviceFleet fleet, Delivery delivery, TimeProvider time)
{
    private const int Batch = 1_000;

    /// <summary>How many reports the server has taken.</summary>
    public long Sent { get; private set; }

    /// <summary>Runs until cancelled. What the server does not take within a beat is left out.</summary>
    public async Task RunAsync(TimeSpan every, Func<string, Task> complain, CancellationToken cancellationToken)
    {
        using var beat = new PeriodicTimer(every, time);
        do
        {
            try
            {
                await PushAsync(every, cancellationToken);
            }
            catch (ServerAnswerException refused)
            {
                await complain(refused.Message);
            }
        } while (await beat.WaitForNextTickAsync(cancellationToken));
    }

    private async Task PushAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        foreach (var devices in Enumerable.Range(1, fleet.Count).Chunk(Batch))
        {
            var lines = string.Join('\n', devices.Select(d => fleet.Report(d).ToJsonString()));
            await delivery.SendAsync(lines, patience, cancellationToken);
            Sent += devices.Length;
        }
    }
}
