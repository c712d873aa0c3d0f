using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Torch.Cli.Nodes;

namespace Torch.Cli.Client;

/// <summary><c>torch backtest NODE --rules FILE</c>: what a draft would have shown.</summary>
internal static class BacktestCommand
{
    public static Command Create()
    {
        var node = NodeArgument.Create();
        var rules = new Option<FileInfo>("--rules")
        {
            Description =
                "A file with the draft as JSON: {\"rules\":[{\"when\":\"any child is down\",\"then\":\"down\"}]}",
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
                    var draft = await ReadAsync(parsed.GetValue(rules)!, cancellationToken);
                    if (parsed.GetValue(from) is { } begin)
                        draft["from"] = begin;
                    if (parsed.GetValue(to) is { } end)
                        draft["to"] = end;
                    using var client = ApiClient.For(parsed);
                    var id = await NodeArgument.ResolveAsync(client, parsed.GetValue(node)!, cancellationToken);
                    var result = await RunAsync(client, id, draft, new(parsed.Terminal()), cancellationToken);
                    foreach (var line in parsed.GetValue(json) ? [result.ToString()] : BacktestText.Lines(result))
                        await parsed.SayAsync(line);
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

    private static async Task<JsonElement> RunAsync(
        ApiClient client,
        Guid id,
        JsonObject draft,
        ProgressLine bar,
        CancellationToken cancellationToken
    )
    {
        await foreach (var line in client.LinesAsync($"/api/v1/nodes/{id}/rules/backtest", draft, cancellationToken))
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
