using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Torch.Agent;
using Torch.Agent.Export;
using Torch.Cli.Client;
using Torch.Cli.Serving;
using Torch.Cli.Settings;
using Torch.Probes;

namespace Torch.Cli.Monitoring;

/// <summary><c>torch monitor start</c>: probes the services of a file, in the foreground, with or without a server.</summary>
internal static class MonitorCommand
{
    private static readonly Option<bool> Yes = Confirmation.Yes();
    private static readonly Option<bool> NoServer = new("--no-server", "-ns")
    {
        Description = "Only print, whatever server the environment or the client file names.",
    };

    public static Command Create()
    {
        var start = new Command(
            "start",
            "Probe the services of a file until Ctrl-C; report to a server where one is named."
        )
        {
            Yes,
            NoServer,
            ConfigCommand.ConfigPath,
        };
        start.WithJson().WithServer().SetAction(RunAsync);
        return new("monitor", "Monitor from a file of services (the Universal Monitoring Tool's).") { start };
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var services = ServicesFile.Read(parsed.GetValue(ConfigCommand.ConfigPath)!).Services;
        if (services.Count == 0)
            throw new SettingException("there is no service yet: torch config services add URL");
        var perMinute = services.Sum(s => 60 / s.IntervalSec);
        await parsed.SayAsync(
            new { services = services.Count, requestsPerMinute = Math.Round(perMinute, 1) },
            string.Create(
                CultureInfo.InvariantCulture,
                $"{services.Count} services, about {perMinute:0.#} requests per minute"
            )
        );
        if (!await Confirmation.AskAsync(parsed.Terminal(), "Start?", parsed.GetValue(Yes), cancellationToken))
            return ExitCodes.Declined;
        using var client = IsExporting(parsed) ? ApiClient.For(parsed) : null;
        using var logs = LoggerFactory.Create(logging => logging.AddTo(parsed, LogLevel.Warning));
        var connection = new ServicesConnection(services, client, parsed);
        var options = new AgentOptions(Environment.MachineName) { Pacing = new ExportPacing() };
        using var agent = new AgentHost(connection, options, ProbeContext.Default(options.Name), logs);
        using var manager = ServiceManager.Notified(parsed.Terminal().Variable);
        return await StopSignals.UntilStoppedAsync(
            async stop =>
            {
                using var asked = stop.Register(manager.Dispose);
                await agent.RunAsync(stop);
                return ExitCodes.Success;
            },
            cancellationToken
        );
    }

    private static bool IsExporting(ParseResult parsed) => !parsed.GetValue(NoServer) && parsed.KnowsServer();
}
