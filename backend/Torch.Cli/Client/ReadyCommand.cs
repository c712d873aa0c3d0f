using System.CommandLine;

namespace Torch.Cli.Client;

/// <summary><c>torch ready</c>: whether reports are accepted; for container health checks and scripts that wait.</summary>
internal static class ReadyCommand
{
    public static Command Create()
    {
        var command = new Command("ready", "End with 0 when a running Torch accepts reports.");
        command
            .WithServer()
            .SetAction(
                async (parsed, cancellationToken) =>
                {
                    using var client = ApiClient.For(parsed);
                    await client.GetAsync("/health/ready", cancellationToken);
                    await parsed.SayAsync("ready");
                    return ExitCodes.Success;
                }
            );
        return command;
    }
}
