using System.CommandLine;
using Torch.Cli.Client;
using Torch.Server.Configuring;

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
        return Verb.Create(
            "export",
            "Print the whole configuration as YAML; secrets stay out of it.",
            async (call, ct) =>
            {
                var path = call.Get(ids) ? "/api/v1/config?ids=true" : "/api/v1/config";
                var yaml = await call.Client.GetTextAsync(path, ct);
                await call.Terminal.Output.WriteAsync(call.Parsed.IsJson() ? ConfigAsJson.Of(yaml) + "\n" : yaml);
                return ExitCodes.Success;
            },
            ids
        );
    }
}
