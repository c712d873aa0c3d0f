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

    public static Command Create()
    {
        var node = NodeArgument.Create();
        node.Arity = ArgumentArity.ZeroOrOne;
        var command = Verb.Create(
            "backtest",
            "Try drafts of rules and edges on the past; nothing is written.",
            async (call, ct) =>
            {
                var request = new JsonObject
                {
                    ["drafts"] = await DraftsAsync(call, call.Get(node), ct),
                    ["edges"] = await EdgesAsync(call, ct),
                    ["from"] = call.Get(From),
                    ["to"] = call.Get(To),
                };
                var result = await RunAsync(call.Client, request, new(call.Terminal), ct);
                await call.SayAsync(result, BacktestText.Lines);
                return ExitCodes.Success;
            },
            node,
            Rules,
            Edges,
            From,
            To
        );
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(node) is null != parsed.GetValue(Rules) is null)
                parsed.AddError("torch backtest needs a node and its --rules together");
            else if (parsed.GetValue(Rules) is null && parsed.GetValue(Edges) is not { Length: > 0 })
                parsed.AddError("torch backtest needs a node and its --rules, or --edge");
            foreach (var wrong in (parsed.GetValue(Edges) ?? []).Where(text => EdgeText.Parse(text) is null))
                parsed.AddError($"--edge {wrong}: expected {EdgeText.Expected}");
        });
        return command;
    }

    private static async Task<JsonArray> DraftsAsync(Call call, string? node, CancellationToken ct)
    {
        if (node is null)
            return new JsonArray();
        var draft = await RuleFile.DraftAsync(
            call.Get(Rules)!,
            () => RuleFile.StatusesAsync(call.Client, ct),
            call.Terminal.Input,
            ct
        );
        var id = await NodeArgument.ResolveAsync(call.Client, node, ct);
        return new JsonArray(new JsonObject { ["nodeId"] = id, ["draft"] = draft });
    }

    private static async Task<JsonArray> EdgesAsync(Call call, CancellationToken ct)
    {
        var edges = new JsonArray();
        foreach (var text in call.Get(Edges) ?? [])
        {
            var (child, parent, edge) = EdgeText.Parse(text)!;
            edge["nodeId"] = await NodeArgument.ResolveAsync(call.Client, child, ct);
            edge["parentId"] = await NodeArgument.ResolveAsync(call.Client, parent, ct);
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
