using System.CommandLine;
using System.Text.Json;
using Torch.Cli.Client;

namespace Torch.Cli.Nodes;

/// <summary>A node as people name it: its id, or the names from its root down, such as <c>shop/payments/db</c>.</summary>
internal static class NodeArgument
{
    public static Argument<string> Create() =>
        new("node") { Description = "Its id, or the names from the root down: shop/payments/db." };

    /// <exception cref="ServerAnswerException">There is no such node, or several have that path.</exception>
    public static async Task<Guid> ResolveAsync(ApiClient client, string text, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(text, out var id))
            return id;
        var answer = await client.GetAsync("/api/v1/trees", cancellationToken);
        var roots = answer.ValueKind == JsonValueKind.Array ? answer : answer.GetProperty("items");
        var found = Below(roots, text.Trim('/')).Distinct().ToList();
        return found switch
        {
            [var one] => one,
            [] => throw new ServerAnswerException($"there is no node {text} (torch tree lists them)"),
            _ => throw new ServerAnswerException($"{found.Count} nodes are called {text}: name one by its id"),
        };
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
