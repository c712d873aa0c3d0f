using System.CommandLine.Completions;
using System.Text.Json;
using Torch.Cli.Client;
using Torch.Cli.Nodes;

namespace Torch.Cli.Slos;

/// <summary>Objectives as people name them: by name, by id, or by the node that they promise something of.</summary>
internal static class SloNaming
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static string ReportOf(JsonElement objective) => $"/api/v1/slos/{objective.GetProperty("id")}/report";

    /// <summary>Every objective, by name.</summary>
    public static async Task<IReadOnlyList<JsonElement>> AllAsync(ApiClient client, CancellationToken cancellationToken)
    {
        var all = new List<JsonElement>();
        string? next = null;
        do
        {
            var after = next is null ? "" : "&after=" + Uri.EscapeDataString(next);
            var page = await client.GetAsync("/api/v1/slos?limit=1000" + after, cancellationToken);
            all.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.GetProperty("next").GetString();
        } while (next is not null);
        return all;
    }

    /// <summary>Those of that name; or the one of that id, also a deleted one; or those of a node.</summary>
    /// <exception cref="ServerAnswerException">There is neither, or the node has none.</exception>
    public static async Task<IReadOnlyList<Guid>> FindAsync(
        ApiClient client,
        string text,
        CancellationToken cancellationToken
    )
    {
        var all = await AllAsync(client, cancellationToken);
        var named = Ids(all, o => o.GetProperty("name").ValueEquals(text) || Is(o, "id", text));
        if (named.Count > 0)
            return named;
        var node = await NodeArgument.FindAsync(client, text, cancellationToken);
        var found = node is [var one] ? Ids(all, o => Is(o, "nodeId", one.ToString())) : [];
        return (found.Count, node.Count) switch
        {
            (> 0, _) => found,
            (_, 0) => throw new ServerAnswerException($"there is neither an objective nor a node {text}"),
            (_, > 1) => throw new ServerAnswerException($"{node.Count} nodes are called {text}: name one by its id"),
            _ when Guid.TryParse(text, out var id) => [id],
            _ => throw new ServerAnswerException($"{text} has no objective"),
        };
    }

    /// <summary>For a shell; none where the server is away or slow.</summary>
    public static IEnumerable<CompletionItem> Names(CompletionContext context)
    {
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            using var client = ApiClient.For(context.ParseResult);
            var all = AllAsync(client, limit.Token).GetAwaiter().GetResult();
            return [.. all.Select(o => new CompletionItem(o.GetProperty("name").GetString()!))];
        }
        catch (Exception exception) when (exception is OperationCanceledException || Failure.Of(exception) is not null)
        {
            return [];
        }
    }

    private static List<Guid> Ids(IEnumerable<JsonElement> objectives, Func<JsonElement, bool> isMeant) =>
        [.. objectives.Where(isMeant).Select(o => o.GetProperty("id").GetGuid())];

    private static bool Is(JsonElement objective, string member, string id) =>
        string.Equals(objective.GetProperty(member).GetString(), id, StringComparison.OrdinalIgnoreCase);
}
