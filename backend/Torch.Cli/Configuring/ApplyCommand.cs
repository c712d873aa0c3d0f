using System.CommandLine;
using Torch.Cli.Client;

namespace Torch.Cli.Configuring;

/// <summary><c>torch apply -f FILE</c>: brings what is in force to what a file says, all of it or nothing.</summary>
internal static class ApplyCommand
{
    private static readonly Option<string> File = new("--file", "-f")
    {
        Description = "YAML or JSON as torch export writes it; - is standard input.",
        HelpName = "file",
        Required = true,
    };

    public static Command Create() =>
        Verb.Create(
            "apply",
            "Bring the configuration to what a file says; a variable of the environment fills each ${NAME} in it.",
            RunAsync,
            File,
            Applying.DryRun,
            Applying.Prune,
            Applying.Reason,
            Applying.Yes
        );

    private static async Task<int> RunAsync(Call call, CancellationToken ct)
    {
        var name = call.Get(File)!;
        var text = await ConfigFile.ReadAsync(name, call.Terminal, ct);
        var wanted = new
        {
            text,
            variables = ConfigFile.Variables(text, call.Terminal.Variable),
            prune = call.Get(Applying.Prune),
            reason = call.Get(Applying.Reason),
        };
        return await Applying.RunAsync(
            call,
            name,
            (isDry, c) => call.Client.PostAsync(isDry ? "/api/v1/config/plan" : "/api/v1/config/apply", wanted, c),
            plan => plan,
            ct
        );
    }
}
