using System.Text.Json;
using Torch.Cli.Client;

namespace Torch.Cli.Projections;

/// <summary>Asks for rebuilds one after the other and says how far they are, until each is over.</summary>
internal sealed class RebuildFollowing(ApiClient client)
{
    private const string Path = "/api/v1/projections";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

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
                await Console.Out.WriteLineAsync(line);
        }
        return isWell ? ExitCodes.Success : ExitCodes.Failed;
    }

    private async Task<JsonElement> EndAsync(string name, JsonElement projection, CancellationToken cancellationToken)
    {
        var said = "";
        while (projection.GetProperty("rebuild") is { ValueKind: JsonValueKind.Object } rebuild)
        {
            said = await SayAsync(said, ProjectionText.Progress(name, rebuild));
            await Task.Delay(Interval, cancellationToken);
            var answer = await client.GetAsync(Path, cancellationToken);
            projection = answer
                .GetProperty("items")
                .EnumerateArray()
                .First(p => p.GetProperty("name").ValueEquals(name));
        }
        if (said.Length > 0 && !Console.IsOutputRedirected)
            await Console.Out.WriteAsync("\r" + new string(' ', said.Length) + "\r");
        return projection.GetProperty("lastRebuild");
    }

    // One line that changes at a terminal, one line per change elsewhere.
    private static async Task<string> SayAsync(string said, string line)
    {
        if (said == line)
            return said;
        if (Console.IsOutputRedirected)
            await Console.Out.WriteLineAsync(line);
        else
            await Console.Out.WriteAsync("\r" + line.PadRight(said.Length));
        return line;
    }
}
