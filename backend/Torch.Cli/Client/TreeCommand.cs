using System.CommandLine;
using System.Text.Json;

namespace Torch.Cli.Client;

/// <summary><c>torch tree</c>: every hierarchy with its statuses.</summary>
internal static class TreeCommand
{
    public static Command Create()
    {
        var server = ApiClient.Server();
        var command = new Command("tree", "Print every hierarchy with its statuses.") { server };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = ApiClient.For(parsed.GetValue(server));
                var answer = await client.GetAsync("/api/v1/trees", cancellationToken);
                var roots = answer.ValueKind == JsonValueKind.Array ? answer : answer.GetProperty("items");
                foreach (var line in roots.EnumerateArray().SelectMany(root => TreeText.Lines(root)))
                    await Console.Out.WriteLineAsync(line);
                return ExitCodes.Success;
            }
        );
        return command;
    }
}
