using System.Globalization;
using System.Text.Json;
using Torch.Cli.Client;
using Torch.Cli.Watching;

namespace Torch.Cli.Nodes;

/// <summary><c>torch status shop/payments</c>: one node in one line, and an exit code for scripts.</summary>
internal static class StatusCommand
{
    private static readonly string[] Good = ["up", "degraded"];

    public static System.CommandLine.Command Create()
    {
        var node = NodeArgument.Create();
        return Verb.Create(
            "status",
            "One node's status. Ends with 0 where it is up or degraded, with 1 otherwise.",
            async (call, ct) =>
            {
                var id = await NodeArgument.ResolveAsync(call.Client, call.Get(node)!, ct);
                var view = await call.Client.GetAsync($"/api/v1/nodes/{id}", ct);
                await call.SayAsync(view, v => Line(v, call.Terminal.HasColour, TimeProvider.System.GetUtcNow()));
                return Good.Contains(view.GetProperty("status").GetString()) ? ExitCodes.Success : ExitCodes.Failed;
            },
            node
        );
    }

    private static string Line(JsonElement node, bool hasColour, DateTimeOffset now)
    {
        var path = string.Join(
            '/',
            node.GetProperty("path").EnumerateArray().Select(c => c.GetProperty("name").GetString())
        );
        var since = node.GetProperty("since").GetDateTimeOffset();
        var why = node.GetProperty("statusReason").GetString() is { } reason ? ": " + reason : "";
        var status = StatusLook.Marked(node.GetProperty("status").GetString()!, hasColour);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{status}  {path}, for {Durations.Rough(now - since)}{why}"
        );
    }
}
