using System.CommandLine;

namespace Torch.Cli.Client;

/// <summary><c>torch ready</c>: whether reports are accepted; for container health checks and scripts that wait.</summary>
internal static class ReadyCommand
{
    public static Command Create()
    {
        var server = ApiClient.Server();
        var command = new Command("ready", "End with 0 when a running Torch accepts reports.") { server };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = ApiClient.For(parsed.GetValue(server));
                await client.GetAsync("/health/ready", cancellationToken);
                await Console.Out.WriteLineAsync("ready");
                return ExitCodes.Success;
            }
        );
        return command;
    }
}
