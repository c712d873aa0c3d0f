using System.CommandLine;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Torch.Agent;
using Torch.Agent.Connection;
using Torch.Agent.Logging;
using Torch.Cli.Serving;
using Torch.Cli.Settings;
using Torch.Probes;
using Torch.Server.Telemetry;

namespace Torch.Cli.Agents;

/// <summary><c>torch agent</c>: runs probes for a server elsewhere and keeps their results until it has them.</summary>
internal static class AgentCommand
{
    private const string Help =
        "Run probes for a server elsewhere. Each setting is also an environment variable (TORCH_SERVER) and a member of the settings "
        + "file (\"server\"); a flag beats the environment, which beats the file. TORCH_AGENT_KEY has no flag.";

    public static Command Create()
    {
        var command = new Command("agent", Help);
        var options = SettingOptions.AddTo(command.WithJson(), Setting.OfAgents);
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var settings = AgentSettings.From(options.Layers(parsed));
                return StopSignals.UntilStoppedAsync(stop => RunAsync(settings, parsed, stop), cancellationToken);
            }
        );
        return command;
    }

    private static async Task<int> RunAsync(AgentSettings settings, ParseResult parsed, CancellationToken stop)
    {
        using var data = DataDirectory.Open(settings.Data);
        using var lines = new AgentLogs(TimeProvider.System);
        using var logs = LoggerFactory.Create(logging =>
        {
            ServeLogs.Configure(logging);
            logging.AddProvider(lines);
            logging.SetMinimumLevel(parsed.LevelOr(LogLevel.Information));
        });
        using var connection = Connection(settings, logs, lines);
        using var agent = Agent(settings, connection, logs);
        using var telemetry = settings.OtlpEndpoint is { } whereto ? new OtlpSending(whereto, "torch-agent") : null;
        using var manager = ServiceManager.Notified(parsed.Terminal().Variable, () => agent.IsAtWork);
        await parsed.SayAsync(
            new { server = settings.Server.Server, spool = settings.Spool.File },
            $"Torch's agent runs for {settings.Server.Server}, its spool is {settings.Spool.File}"
        );
        using var asked = stop.Register(manager.Dispose);
        await agent.RunAsync(stop);
        return ExitCodes.Success;
    }

    private static HttpServerConnection Connection(AgentSettings settings, ILoggerFactory logs, AgentLogs lines)
    {
        try
        {
            var log = logs.CreateLogger<HttpServerConnection>();
            var kept = Path.Combine(settings.Data, "checks.json");
            return new(settings.Server, Version, TimeProvider.System, log, kept, lines);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new SettingException($"{Setting.Ca.Flag}: {fault.Message}");
        }
    }

    private static AgentHost Agent(AgentSettings settings, HttpServerConnection connection, ILoggerFactory logs)
    {
        var options = settings.Work.Options(Environment.MachineName, settings.Spool) with { Pacing = settings.Pacing };
        return new(connection, options, ProbeContext.Default(options.Name) with { Addresses = settings.Targets }, logs);
    }

    private static string Version =>
        typeof(AgentCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
