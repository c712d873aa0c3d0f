using System.CommandLine;
using System.Text.Json.Nodes;
using Torch.Cli.Client;

namespace Torch.Cli.Nodes;

/// <summary><c>torch annotate shop "v2.4.1 deployed"</c>: what happened to a node, for its timeline.</summary>
internal static class AnnotateCommand
{
    private static readonly Argument<string> Text = new("text")
    {
        Description = "What happened, in 1 to 200 characters: \"v2.4.1 deployed\".",
    };
    private static readonly Option<string?> Kind = new("--kind") { Description = "deploy, the default, or note." };
    private static readonly Option<string?> Link = new("--link")
    {
        Description = "An http or https URL: the build, the change, the ticket.",
    };
    private static readonly Option<string?> At = new("--at")
    {
        Description = "When it happened: 2026-11-21T10:00:00Z. Now by default.",
    };

    public static Command Create()
    {
        Kind.AcceptOnlyFromAmong("deploy", "note");
        var node = NodeArgument.Create();
        return Verb.Create(
            "annotate",
            "Mark on the timelines of a node, and of all below it, that something happened.",
            async (call, ct) =>
            {
                var id = await NodeArgument.ResolveAsync(call.Client, call.Get(node)!, ct);
                var added = await call.Client.PostAsync($"/api/v1/nodes/{id}/annotations", Body(call), ct);
                await call.SayAsync(added, a => $"added {a.GetProperty("id").GetString()}");
                return ExitCodes.Success;
            },
            node,
            Text,
            Kind,
            Link,
            At
        );
    }

    private static JsonObject Body(Call call)
    {
        var body = new JsonObject { ["text"] = call.Get(Text) };
        foreach (var (name, option) in new[] { ("kind", Kind), ("link", Link), ("at", At) })
            if (call.Get(option) is { } value)
                body[name] = value;
        return body;
    }
}
