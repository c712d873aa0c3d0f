using System.CommandLine;
using System.Text.Json;
using Torch.Cli.Client;

namespace Torch.Cli.Checks;

/// <summary><c>torch checks remove NAME</c>: asks first.</summary>
internal static class RemoveCheck
{
    private static readonly Option<bool> WithNodes = new("--with-nodes")
    {
        Description = "Also delete the leaves that show it.",
    };

    public static Command Create()
    {
        var (which, yes) = (CheckNaming.Argument(), Confirmation.Yes());
        return Verb.Create(
            "remove",
            "Delete a check; what it observed stays in the log.",
            async (call, ct) =>
            {
                var check = await CheckNaming.FindAsync(call.Client, call.Get(which)!, ct);
                var name = check.GetProperty("name").GetString();
                if (!await Confirmation.AskAsync(call.Terminal, $"Remove the check {name}?", call.Get(yes), ct))
                    return ExitCodes.Declined;
                if (call.Get(WithNodes))
                    await DeleteNodesAsync(call.Client, check, ct);
                var gone = await call.Client.DeleteAsync($"/api/v1/checks/{check.GetProperty("id")}", ct);
                await call.SettledAsync(gone, ct);
                await call.SayAsync(
                    JsonSerializer.SerializeToElement(new { id = check.GetProperty("id"), name }),
                    _ => $"removed {name}"
                );
                return ExitCodes.Success;
            },
            which,
            WithNodes,
            yes
        );
    }

    private static async Task DeleteNodesAsync(ApiClient client, JsonElement check, CancellationToken cancellationToken)
    {
        foreach (var node in check.GetProperty("nodeIds").EnumerateArray())
            await client.DeleteAsync($"/api/v1/nodes/{node}", cancellationToken);
    }
}
