using System.CommandLine;

namespace Torch.Cli.Client;

/// <summary><c>torch ready</c>: whether reports are accepted; for container health checks and scripts that wait.</summary>
internal static class ReadyCommand
{
    public static Command Create() =>
        Verb.Create(
            "ready",
            "End with 0 when a running Torch accepts reports.",
            async (call, ct) =>
            {
                await call.SayAsync(await call.Client.GetAsync("/health/ready", ct), _ => "ready");
                return ExitCodes.Success;
            }
        );
}
