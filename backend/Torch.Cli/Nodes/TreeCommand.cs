using System.CommandLine;
using System.Text.Json;
using Torch.Cli.Client;

namespace Torch.Cli.Nodes;

/// <summary><c>torch tree</c>: every hierarchy with its statuses, or what is below one node.</summary>
internal static class TreeCommand
{
    public static Command Create()
    {
        var node = NodeArgument.Create();
        node.Arity = ArgumentArity.ZeroOrOne;
        var problems = new Option<bool>("--problems") { Description = "Only what is not well." };
        return Verb.Create(
            "tree",
            "Print every hierarchy with its statuses, or one node with what is below it.",
            async (call, ct) =>
            {
                var answer = await TreeAsync(call.Client, call.Get(node), ct);
                await call.SayAsync(answer, a => Lines(a, call.Terminal.HasColour, call.Get(problems)));
                return ExitCodes.Success;
            },
            node,
            problems
        );
    }

    private static async Task<JsonElement> TreeAsync(
        ApiClient client,
        string? node,
        CancellationToken cancellationToken
    )
    {
        if (node is null)
            return await client.GetAsync("/api/v1/trees", cancellationToken);
        var id = await NodeArgument.ResolveAsync(client, node, cancellationToken);
        return await client.GetAsync($"/api/v1/nodes/{id}/tree", cancellationToken);
    }

    private static IEnumerable<string> Lines(JsonElement answer, bool hasColour, bool problemsOnly)
    {
        var roots = answer.ValueKind == JsonValueKind.Array ? answer.EnumerateArray().ToList() : [answer];
        return roots.SelectMany(root => TreeText.Lines(root, hasColour, problemsOnly));
    }
}
