using System.CommandLine;
using System.Globalization;
using Torch.Cli.Client;
using Torch.Cli.Settings;

namespace Torch.Cli.Simulating;

/// <summary><c>torch simulate --devices 100</c>: devices to look at, to demonstrate with and to load a server with.</summary>
internal static class SimulateCommand
{
    private const int MostDevices = 100_000;

    private static readonly Option<int> Devices = new("--devices") { Description = "How many; 10 by default." };
    private static readonly Option<double> Availability = new("--availability")
    {
        Description = "The share of good time of each; 0.95 by default.",
        DefaultValueFactory = _ => 0.95,
    };
    private static readonly Option<string> Faults = new("--faults")
    {
        Description = "Which faults come: error, slow, drop, body, parted by commas; error,drop by default.",
        DefaultValueFactory = _ => "error,drop",
    };
    private static readonly Option<string> MeanFault = new("--mean-fault")
    {
        Description = "How long one lasts on average; 30s by default.",
        DefaultValueFactory = _ => "30s",
    };
    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "The same seed gives the same faults at the same times after the start; 1 by default.",
        DefaultValueFactory = _ => 1,
    };
    private static readonly Option<int> Port = new("--port")
    {
        Description = "0 takes a free one; 8099 by default.",
        DefaultValueFactory = _ => 8099,
    };
    private static readonly Option<string?> Push = new("--push")
    {
        Description = "Report every device's load to the server, so often: 10s.",
    };
    private static readonly Option<string?> Duration = new("--duration")
    {
        Description = "Stop after so long; Ctrl-C otherwise.",
    };

    public static Command Create()
    {
        Devices.DefaultValueFactory = _ => 10;
        var command = new Command(
            "simulate",
            "Be many devices: HTTP endpoints on one port, and reports that are pushed."
        )
        {
            Devices,
            Availability,
            Faults,
            MeanFault,
            Seed,
            Port,
            Push,
            Duration,
        };
        command
            .WithJson()
            .WithServer()
            .SetAction(
                (parsed, cancellationToken) =>
                    StopSignals.UntilStoppedAsync(stop => RunAsync(parsed, Plan(parsed), stop), cancellationToken)
            );
        return command;
    }

    private static FleetPlan Plan(ParseResult parsed)
    {
        var (devices, availability) = (parsed.GetValue(Devices), parsed.GetValue(Availability));
        if (devices is < 1 or > MostDevices)
            throw new SettingException("--devices must be 1 to 100,000");
        if (availability is not (> 0 and <= 1))
            throw new SettingException("--availability must be more than 0 and at most 1");
        var mean = Durations.Parse(parsed.GetValue(MeanFault)!);
        return new(devices, parsed.GetValue(Seed), availability, mean, FaultsOf(parsed.GetValue(Faults)!));
    }

    private static IReadOnlyList<DeviceFault> FaultsOf(string names) =>
        [
            .. names
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(name =>
                    Enum.TryParse<DeviceFault>(name, ignoreCase: true, out var fault) && Enum.IsDefined(fault)
                        ? fault
                        : throw new SettingException(
                            $"--faults: there is no \"{name}\", but error, slow, drop and body"
                        )
                ),
        ];

    private static async Task<int> RunAsync(ParseResult parsed, FleetPlan plan, CancellationToken cancellationToken)
    {
        var fleet = new DeviceFleet(plan, TimeProvider.System);
        await using var server = await DeviceServer.StartAsync(fleet, parsed.GetValue(Port), cancellationToken);
        await parsed.SayAsync(
            new
            {
                devices = plan.Devices,
                address = server.Address,
                list = server.Address + "/devices",
                seed = plan.Seed,
            },
            string.Create(
                CultureInfo.InvariantCulture,
                $"{plan.Devices} devices: {server.Address}/devices, {server.Address}/devices/1/health; seed {plan.Seed}"
            )
        );
        using var client = ApiClient.For(parsed);
        var push = new DevicePush(fleet, new Delivery(client, TimeProvider.System), TimeProvider.System);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (parsed.GetValue(Duration) is { } duration)
            end.CancelAfter(Durations.Parse(duration));
        try
        {
            await (
                parsed.GetValue(Push) is { } every
                    ? push.RunAsync(Durations.Parse(every), parsed.Terminal().RemarkAsync, end.Token)
                    : Task.Delay(Timeout.Infinite, end.Token)
            );
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The time is over, or somebody asked it to stop.
        }
        await parsed.SayAsync(new { pushed = push.Sent }, $"pushed {push.Sent} reports");
        return ExitCodes.Success;
    }
}
