using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Torch.Cli.Nodes;

namespace Torch.Cli.Client;

/// <summary><c>torch backtest NODE --rules FILE --edge TEXT</c>: what a draft would have shown, of the nodes that it changes and of those above them.</summary>
internal static class BacktestCommand
{
    private static readonly Option<string?> Rules = new("--rules")
    {
        Description =
            "A file with the node's draft: lines such as when any child is down then down, or the JSON of the API. A dash reads standard input.",
    };

    private static readonly Option<string[]> Edges = new("--edge")
    {
        Description =
            "An edge as it would be: \"db under shop, weight 3, required, lower 1\", or \"db not under shop\". May be repeated; needs no node.",
    };

    private static readonly Option<string?> From = new("--from")
    {
        Description = "RFC 3339. 30 days before --to by default.",
    };

    private static readonly Option<string?> To = new("--to") { Description = "RFC 3339. Now by default." };

    private static readonly Option<bool> Json = new("--json") { Description = "Print the whole result as JSON." };

    public static Command Create()
    {
        var node = NodeArgument.Create();
        node.Arity = ArgumentArity.ZeroOrOne;
        var command = new Command("backtest", "Try drafts of rules and edges on the past; nothing is written.")
        {
            node,
            Rules,
            Edges,
            From,
            To,
            Json,
        };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(node) is null != parsed.GetValue(Rules) is null)
                parsed.AddError("torch backtest needs a node and its --rules together");
            else if (parsed.GetValue(Rules) is null && parsed.GetValue(Edges) is not { Length: > 0 })
                parsed.AddError("torch backtest needs a node and its --rules, or --edge");
            foreach (var wrong in (parsed.GetValue(Edges) ?? []).Where(text => EdgeText.Parse(text) is null))
                parsed.AddError($"--edge {wrong}: expected {EdgeText.Expected}");
        });
        command
            .WithServer()
            .SetAction(
                async (parsed, cancellationToken) =>
                {
                    using var client = ApiClient.For(parsed);
                    var request = new JsonObject
                    {
                        ["drafts"] = await DraftsAsync(client, parsed, parsed.GetValue(node), cancellationToken),
                        ["edges"] = await EdgesAsync(client, parsed, cancellationToken),
                        ["from"] = parsed.GetValue(From),
                        ["to"] = parsed.GetValue(To),
                    };
                    var result = await RunAsync(client, request, new(parsed.Terminal()), cancellationToken);
                    foreach (var line in parsed.GetValue(Json) ? [result.ToString()] : BacktestText.Lines(result))
                        await parsed.SayAsync(line);
                    return ExitCodes.Success;
                }
            );
        return command;
    }

    private static async Task<JsonArray> DraftsAsync(
        ApiClient client,
        ParseResult parsed,
        string? node,
        CancellationToken cancellationToken
    )
    {
        if (node is null)
            return [];
        var draft = await RuleFile.DraftAsync(
            parsed.GetValue(Rules)!,
            () => RuleFile.StatusesAsync(client, cancellationToken),
            parsed.Terminal().Input,
            cancellationToken
        );
        var id = await NodeArgument.ResolveAsync(client, node, cancellationToken);
        return [new JsonObject { ["nodeId"] = id, ["draft"] = draft }];
    }

    private static async Task<JsonArray> EdgesAsync(
        ApiClient client,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        var edges = new JsonArray();
        foreach (var text in parsed.GetValue(Edges) ?? [])
        {
            var (child, parent, edge) = EdgeText.Parse(text)!;
            edge["nodeId"] = await NodeArgument.ResolveAsync(client, child, cancellationToken);
            edge["parentId"] = await NodeArgument.ResolveAsync(client, parent, cancellationToken);
            edges.Add((JsonNode)edge);
        }
        return edges;
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
