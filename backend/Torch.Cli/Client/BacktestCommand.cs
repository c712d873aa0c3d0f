using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Torch.Cli.Nodes;

namespace Torch.Cli.Client;

/// <summary><c>torch backtest NODE --rules FILE</c>: what a draft would have shown, of the node and of those above it.</summary>
internal static class BacktestCommand
{
    public static Command Create()
    {
        var node = NodeArgument.Create();
        var rules = new Option<string>("--rules")
        {
            Description =
                "A file with the draft: lines such as when any child is down then down, or the JSON of the API. A dash reads standard input.",
            Required = true,
        };
        var from = new Option<string?>("--from") { Description = "RFC 3339. 30 days before --to by default." };
        var to = new Option<string?>("--to") { Description = "RFC 3339. Now by default." };
        var json = new Option<bool>("--json") { Description = "Print the whole result as JSON." };
        var command = new Command("backtest", "Try a draft of a node's rules on its past; nothing is written.")
        {
            node,
            rules,
            from,
            to,
            json,
        };
        command
            .WithServer()
            .SetAction(
                async (parsed, cancellationToken) =>
                {
                    using var client = ApiClient.For(parsed);
                    var draft = await RuleFile.DraftAsync(
                        parsed.GetRequiredValue(rules),
                        () => RuleFile.StatusesAsync(client, cancellationToken),
                        parsed.Terminal().Input,
                        cancellationToken
                    );
                    var id = await NodeArgument.ResolveAsync(client, parsed.GetValue(node)!, cancellationToken);
                    var request = new JsonObject
                    {
                        ["drafts"] = new JsonArray(new JsonObject { ["nodeId"] = id, ["draft"] = draft }),
                        ["from"] = parsed.GetValue(from),
                        ["to"] = parsed.GetValue(to),
                    };
                    var result = await RunAsync(client, request, new(parsed.Terminal()), cancellationToken);
                    foreach (var line in parsed.GetValue(json) ? [result.ToString()] : BacktestText.Lines(result))
                        await parsed.SayAsync(line);
                    return ExitCodes.Success;
                }
            );
        return command;
    }

    private static async Task<JsonElement> RunAsync(
        ApiClient client,
        JsonObject request,
        ProgressLine bar,
        CancellationToken cancellationToken
    )
    {
        await foreach (var line in client.LinesAsync("/api/v1/backtests", request, cancellationToken))
        {
            if (line.TryGetProperty("progress", out var progress))
                bar.Show(progress.GetProperty("share").GetDouble(), BacktestText.Progress(progress));
            if (line.TryGetProperty("problem", out var problem))
                throw new ServerAnswerException(problem.GetProperty("detail").GetString()!);
            if (!line.TryGetProperty("result", out var result))
                continue;
            bar.Clear();
            return result;
        }
        throw new ServerAnswerException("The server ended before the result");
    }
}
