using Torch.Cli.Client;

namespace Torch.Cli.Simulating;

/// <summary><c>torch serve --demo</c>: simulated devices, and a hierarchy with rules that shows them. It comes to the server as anybody would, by its API.</summary>
internal sealed class Demo : IAsyncDisposable
{
    private const int Devices = 12;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);
    private static readonly FleetPlan Plan = new(
        Devices,
        Seed: 1,
        Availability: 0.93,
        MeanFault: TimeSpan.FromSeconds(40),
        [DeviceFault.Error, DeviceFault.Drop, DeviceFault.Body]
    );

    private readonly DeviceServer _devices;
    private readonly ApiClient _client;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _pushing;

    private Demo(DeviceServer devices, ApiClient client, DevicePush push)
    {
        (_devices, _client) = (devices, client);
        _pushing = push.RunAsync(Beat, static _ => Task.CompletedTask, _stop.Token);
    }

    /// <summary>Returns once the hierarchy is there, made now or by an earlier demo.</summary>
    public static async Task<Demo> StartAsync(string address, string? key, CancellationToken cancellationToken)
    {
        var client = ApiClient.Of(address, key);
        var fleet = new DeviceFleet(Plan, TimeProvider.System);
        var devices = await DeviceServer.StartAsync(fleet, port: 0, cancellationToken);
        await new DemoTree(client, fleet, devices.Address).EnsureAsync(cancellationToken);
        return new Demo(
            devices,
            client,
            new DevicePush(fleet, new Delivery(client, TimeProvider.System), TimeProvider.System)
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _pushing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _devices.DisposeAsync();
        _client.Dispose();
        _stop.Dispose();
    }
}
