using System.Text.Json;
using System.Text.Json.Nodes;
using Torch.Cli.Client;

namespace Torch.Cli.Projections;

/// <summary>Asks for rebuilds one after the other and says how far they are, until each is over.</summary>
/// <param name="say">Prints how one ended, as it came or in words.</param>
internal sealed class RebuildFollowing(
    ApiClient client,
    Terminal terminal,
    Func<JsonElement, Func<JsonElement, IEnumerable<string>>, Task> say
)
{
    private const string Path = "/api/v1/projections";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.1);

    /// <param name="verb"><c>rebuild</c> or <c>verify</c>: the last part of the address.</param>
    public async Task<int> RunAsync(IReadOnlyList<string> names, string verb, CancellationToken cancellationToken)
    {
        var isWell = true;
        foreach (var name in names)
        {
            var asked = await client.PostAsync($"{Path}/{Uri.EscapeDataString(name)}/{verb}", cancellationToken);
            var end = await EndAsync(asked.GetProperty("name").GetString()!, asked, cancellationToken);
            isWell &= end.GetProperty("outcome").GetString() is "swapped" or "equal";
            await say(Named(asked, end), ProjectionText.End);
        }
        return isWell ? ExitCodes.Success : ExitCodes.Failed;
    }

    // How the rebuild ended does not say whose it was.
    private static JsonElement Named(JsonElement projection, JsonElement end)
    {
        var named = new JsonObject { ["name"] = projection.GetProperty("name").GetString() };
        foreach (var member in JsonObject.Create(end)!)
            named[member.Key] = member.Value?.DeepClone();
        return JsonSerializer.SerializeToElement(named);
    }

    private async Task<JsonElement> EndAsync(string name, JsonElement projection, CancellationToken cancellationToken)
    {
        var bar = new ProgressLine(terminal);
        while (projection.GetProperty("rebuild") is { ValueKind: JsonValueKind.Object } rebuild)
        {
            bar.Show(rebuild.GetProperty("share").GetDouble(), ProjectionText.Progress(name, rebuild));
            await Task.Delay(Interval, cancellationToken);
            var answer = await client.GetAsync(Path, cancellationToken);
            projection = answer
                .GetProperty("items")
                .EnumerateArray()
                .First(p => p.GetProperty("name").ValueEquals(name));
        }
        bar.Clear();
        return projection.GetProperty("lastRebuild");
    }
}
