using System.CommandLine;
using Torch.Cli.Client;

namespace Torch.Cli.Configuring;

/// <summary><c>torch export</c>: the whole configuration as YAML, to be kept in git.</summary>
internal static class ExportConfigCommand
{
    public static Command Create()
    {
        var ids = new Option<bool>("--ids")
        {
            Description = "Each object with its id, so that it can be renamed in the file.",
        };
        var command = new Command("export", "Print the whole configuration as YAML; secrets stay out of it.") { ids };
        command
            .WithServer()
            .SetAction(
                async (parsed, ct) =>
                {
                    using var client = ApiClient.For(parsed);
                    var path = parsed.GetValue(ids) ? "/api/v1/config?ids=true" : "/api/v1/config";
                    await parsed.Terminal().Output.WriteAsync(await client.GetTextAsync(path, ct));
                    return ExitCodes.Success;
                }
            );
        return command;
    }
}
