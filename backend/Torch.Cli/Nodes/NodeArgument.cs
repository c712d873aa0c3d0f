using System.CommandLine;
using System.CommandLine.Completions;
using System.Text.Json;
using Torch.Cli.Client;

namespace Torch.Cli.Nodes;

/// <summary>A node as people name it: its id, or the names from its root down, such as <c>shop/payments/db</c>.</summary>
internal static class NodeArgument
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static Argument<string> Create()
    {
        var argument = new Argument<string>("node")
        {
            Description = "Its id, or the names from the root down: shop/payments/db.",
            HelpName = "node",
        };
        argument.CompletionSources.Add(Paths);
        return argument;
    }

    /// <summary>Every path, for a shell; none where the server is away or slow.</summary>
    public static IEnumerable<CompletionItem> Paths(CompletionContext context)
    {
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            using var client = ApiClient.For(context.ParseResult);
            var roots = client.GetAsync("/api/v1/trees", limit.Token).GetAwaiter().GetResult();
            return
            [
                .. roots
                    .EnumerateArray()
                    .SelectMany(root => PathsOf(root, ""))
                    .Select(path => new CompletionItem(path)),
            ];
        }
        catch (Exception exception) when (exception is OperationCanceledException || Failure.Of(exception) is not null)
        {
            return [];
        }
    }

    /// <exception cref="ServerAnswerException">There is no such node, or several have that path.</exception>
    public static async Task<Guid> ResolveAsync(ApiClient client, string text, CancellationToken cancellationToken)
    {
        var found = await FindAsync(client, text, cancellationToken);
        return found switch
        {
            [var one] => one,
            [] => throw new ServerAnswerException($"there is no node {text} (torch tree lists them)"),
            _ => throw new ServerAnswerException($"{found.Count} nodes are called {text}: name one by its id"),
        };
    }

    /// <summary>All that have this id or path; or this name, anywhere, where none has the path.</summary>
    public static async Task<IReadOnlyList<Guid>> FindAsync(
        ApiClient client,
        string text,
        CancellationToken cancellationToken
    )
    {
        if (Guid.TryParse(text, out var id))
            return [id];
        var roots = await client.GetAsync("/api/v1/trees", cancellationToken);
        var found = Below(roots, text.Trim('/')).Distinct().ToList();
        return found.Count > 0 ? found : [.. Named(roots, text).Distinct()];
    }

    private static IEnumerable<string> PathsOf(JsonElement node, string above)
    {
        var path = above + node.GetProperty("name").GetString();
        return node.GetProperty("children").EnumerateArray().SelectMany(c => PathsOf(c, path + "/")).Prepend(path);
    }

    private static IEnumerable<Guid> Named(JsonElement nodes, string name)
    {
        foreach (var node in nodes.EnumerateArray())
        {
            if (node.GetProperty("name").ValueEquals(name))
                yield return node.GetProperty("id").GetGuid();
            foreach (var below in Named(node.GetProperty("children"), name))
                yield return below;
        }
    }

    // A name may hold a slash itself, so the path is matched name by name and not cut.
    private static IEnumerable<Guid> Below(JsonElement nodes, string path) =>
        nodes.EnumerateArray().SelectMany(node => At(node, path));

    private static IEnumerable<Guid> At(JsonElement node, string path)
    {
        var name = node.GetProperty("name").GetString()!;
        if (string.Equals(path, name, StringComparison.Ordinal))
            return [node.GetProperty("id").GetGuid()];
        return path.StartsWith(name + "/", StringComparison.Ordinal)
            ? Below(node.GetProperty("children"), path[(name.Length + 1)..])
            : [];
    }
}
