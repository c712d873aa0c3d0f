using System.Text.Json;
using Torch.Cli.Client;

namespace Torch.Cli.Projections;

/// <summary>Asks for rebuilds one after the other and says how far they are, until each is over.</summary>
internal sealed class RebuildFollowing(ApiClient client, Terminal terminal)
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
            foreach (var line in ProjectionText.End(asked.GetProperty("name").GetString()!, end))
                await terminal.SayAsync(line);
        }
        return isWell ? ExitCodes.Success : ExitCodes.Failed;
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
