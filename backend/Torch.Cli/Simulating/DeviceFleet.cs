using System.Text.Json.Nodes;

namespace Torch.Cli.Simulating;

/// <summary>How a simulation goes.</summary>
/// <param name="Devices">How many, from 1.</param>
/// <param name="Availability">The share of good time of each.</param>
/// <param name="MeanFault">How long a fault lasts on average.</param>
internal sealed record FleetPlan(
    int Devices,
    int Seed,
    double Availability,
    TimeSpan MeanFault,
    IReadOnlyList<DeviceFault> Faults
);

/// <summary>Simulated devices from one moment on. Device 1 is the first.</summary>
internal sealed class DeviceFleet(FleetPlan plan, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private readonly DeviceTimeline[] _timelines =
    [
        .. Enumerable
            .Range(1, plan.Devices)
            .Select(d => new DeviceTimeline(plan.Seed, d, plan.Availability, plan.MeanFault, plan.Faults)),
    ];

    public int Count => plan.Devices;

    /// <summary>There is such a device.</summary>
    public bool Has(int device) => device >= 1 && device <= plan.Devices;

    /// <summary>What is wrong with a device now.</summary>
    public DeviceFault? FaultOf(int device) => _timelines[device - 1].At(time.GetElapsedTime(_start));

    /// <summary>A device as a list of devices shows it.</summary>
    public JsonObject View(int device) =>
        new()
        {
            ["id"] = device,
            ["name"] = $"device-{device}",
            ["ip_address"] = $"10.{device >> 16 & 255}.{device >> 8 & 255}.{device & 255}",
            ["status"] = FaultOf(device) is null ? "online" : "offline",
        };

    /// <summary>What a device measures of itself: the same for the same seed and second.</summary>
    public JsonObject Report(int device)
    {
        var second = (int)time.GetElapsedTime(_start).TotalSeconds;
        var random = new Random(unchecked(plan.Seed * 1_000_003 + device * 7_919 + second));
        var fault = FaultOf(device);
        var load = Math.Round(fault is null ? 20 + 50 * random.NextDouble() : 85 + 15 * random.NextDouble(), 1);
        return new()
        {
            ["source"] = $"sim/device-{device}",
            ["value"] = load,
            ["status"] = fault is null ? "up" : "down",
            ["message"] = fault is null ? "all is well" : $"simulated fault: {fault.ToString()!.ToLowerInvariant()}",
            ["metrics"] = new JsonObject
            {
                ["cpu"] = load,
                ["memory"] = Math.Round(30 + 40 * random.NextDouble(), 1),
                ["temperature"] = Math.Round(35 + load / 4 + random.NextDouble(), 1),
            },
        };
    }
}
