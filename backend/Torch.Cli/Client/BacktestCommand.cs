using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Torch.Cli.Client;

/// <summary><c>torch backtest NODE --rules FILE</c>: what a draft would have shown.</summary>
internal static class BacktestCommand
{
    public static Command Create()
    {
        var node = new Argument<string>("node") { Description = "Its id, or its name where only one has it." };
        var rules = new Option<FileInfo>("--rules")
        {
            Description =
                "A file with the draft as JSON: {\"rules\":[{\"when\":\"any child is down\",\"then\":\"down\"}]}",
            Required = true,
        };
        var from = new Option<string?>("--from") { Description = "RFC 3339. 30 days before --to by default." };
        var to = new Option<string?>("--to") { Description = "RFC 3339. Now by default." };
        var json = new Option<bool>("--json") { Description = "Print the whole result as JSON." };
        var server = ApiClient.Server();
        var command = new Command("backtest", "Try a draft of a node's rules on its past; nothing is written.")
        {
            node,
            rules,
            from,
            to,
            json,
            server,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var draft = await ReadAsync(parsed.GetValue(rules)!, cancellationToken);
                if (parsed.GetValue(from) is { } begin)
                    draft["from"] = begin;
                if (parsed.GetValue(to) is { } end)
                    draft["to"] = end;
                using var client = ApiClient.For(parsed.GetValue(server));
                var id = await IdAsync(client, parsed.GetValue(node)!, cancellationToken);
                var result = await RunAsync(client, id, draft, cancellationToken);
                foreach (var line in parsed.GetValue(json) ? [result.ToString()] : BacktestText.Lines(result))
                    await Console.Out.WriteLineAsync(line);
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static async Task<JsonObject> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            var text = await File.ReadAllTextAsync(file.FullName, cancellationToken);
            return JsonNode.Parse(text) as JsonObject ?? throw new JsonException("it holds no object");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ServerAnswerException($"{file.Name} cannot be read: {exception.Message}");
        }
    }

    private static async Task<string> IdAsync(ApiClient client, string node, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(node, out _))
            return node;
        var trees = await client.GetAsync("/api/v1/trees", cancellationToken);
        var roots = trees.ValueKind == JsonValueKind.Array ? trees : trees.GetProperty("items");
        var found = roots.EnumerateArray().SelectMany(root => Named(root, node)).Distinct().ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw new ServerAnswerException($"There is no node \"{node}\""),
            _ => throw new ServerAnswerException($"{found.Count} nodes are called \"{node}\": give an id"),
        };
    }

    private static IEnumerable<string> Named(JsonElement node, string name)
    {
        if (node.GetProperty("name").ValueEquals(name))
            yield return node.GetProperty("id").GetString()!;
        foreach (var below in node.GetProperty("children").EnumerateArray().SelectMany(child => Named(child, name)))
            yield return below;
    }

    private static async Task<JsonElement> RunAsync(
        ApiClient client,
        string id,
        JsonObject draft,
        CancellationToken cancellationToken
    )
    {
        var said = 0;
        await foreach (var line in client.LinesAsync($"/api/v1/nodes/{id}/rules/backtest", draft, cancellationToken))
        {
            if (line.TryGetProperty("progress", out var progress))
                said = await SayAsync(BacktestText.Progress(progress), said);
            if (line.TryGetProperty("problem", out var problem))
                throw new ServerAnswerException(problem.GetProperty("detail").GetString()!);
            if (!line.TryGetProperty("result", out var result))
                continue;
            await SayAsync("", said);
            return result;
        }
        throw new ServerAnswerException("The server ended before the result");
    }

    // A line that changes at a terminal; elsewhere it would only be in the way.
    private static async Task<int> SayAsync(string line, int said)
    {
        if (Console.IsErrorRedirected || line.Length + said == 0)
            return 0;
        await Console.Error.WriteAsync("\r" + line.PadRight(said) + (line.Length == 0 ? "\r" : ""));
        return line.Length;
    }
}
