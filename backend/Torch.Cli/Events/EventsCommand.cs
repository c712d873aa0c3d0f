using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Torch.Cli.Client;
using Torch.Cli.Nodes;

namespace Torch.Cli.Events;

/// <summary><c>torch events</c>: the log itself, oldest first; the newest 50 unless a range is named.</summary>
internal static class EventsCommand
{
    private const int Page = 1_000;
    private const int MostData = 300;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private static readonly Option<bool> Follow = new("--follow", "-f")
    {
        Description = "Go on with what comes, until Ctrl-C.",
    };
    private static readonly Option<string?> Types = new("--types")
    {
        Description = "Names of events, parted by commas.",
    };
    private static readonly Option<string?> Stream = new("--stream")
    {
        Description = "One node (its path) or one stream (its id) only.",
    };
    private static readonly Option<string?> From = new("--from")
    {
        Description = "The first position, or the first time.",
    };
    private static readonly Option<string?> To = new("--to") { Description = "The last position, or the last time." };
    private static readonly Option<int> Last = new("--last")
    {
        Description = "So many of the newest; 50 by default.",
        DefaultValueFactory = _ => 50,
    };

    public static Command Create() =>
        Verb.Create(
            "events",
            "Print events of the log; with --json a line of JSON each.",
            (call, ct) => StopSignals.UntilStoppedAsync(stop => RunAsync(call, stop), ct),
            Follow,
            Types,
            Stream,
            From,
            To,
            Last
        );

    private static async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var query = await QueryAsync(call, cancellationToken);
        var places = new PositionOf(call.Client);
        var to = call.Get(To) is { } end ? await places.LastAsync(end, cancellationToken) : long.MaxValue;
        var after =
            call.Get(From) is { } from ? await places.FirstAsync(from, cancellationToken) - 1
            : call.Get(To) is null ? await NewestAsync(call, query, cancellationToken)
            : 0;
        while (true)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"/api/v1/events?after={after}&limit={Page}{query}");
            var page = await call.Client.GetAsync(path, cancellationToken);
            foreach (var item in page.GetProperty("items").EnumerateArray())
            {
                after = item.GetProperty("position").GetInt64();
                if (after > to)
                    return ExitCodes.Success;
                await call.SayAsync(item, Line);
            }
            if (page.GetProperty("items").GetArrayLength() == Page)
                continue;
            if (!call.Get(Follow))
                return ExitCodes.Success;
            await Task.Delay(Interval, cancellationToken);
        }
    }

    // Prints what there is, newest last, and answers where it stands.
    private static async Task<long> NewestAsync(Call call, string query, CancellationToken cancellationToken)
    {
        var limit = Math.Clamp(call.Get(Last), 1, Page);
        var page = await call.Client.GetAsync($"/api/v1/events?newest=true&limit={limit}{query}", cancellationToken);
        foreach (var item in page.GetProperty("items").EnumerateArray().Reverse())
            await call.SayAsync(item, Line);
        // Not the log's head: what came while the page was read is behind it.
        return page.GetProperty("items")
            .EnumerateArray()
            .Select(i => i.GetProperty("position").GetInt64())
            .FirstOrDefault();
    }

    private static async Task<string> QueryAsync(Call call, CancellationToken cancellationToken)
    {
        var types = call.Get(Types) is { } names ? "&types=" + Uri.EscapeDataString(names) : "";
        if (call.Get(Stream) is not { } stream)
            return types;
        return $"{types}&stream={await NodeArgument.ResolveAsync(call.Client, stream, cancellationToken)}";
    }

    // A probe's event may hold 4 KiB of somebody's page; --json has all of it.
    private static string Short(string data) => data.Length <= MostData ? data : data[..MostData] + " ...";

    private static string Line(JsonElement item)
    {
        var actor = item.GetProperty("actor").GetString() is { } who ? $" by {who}" : "";
        var reason = item.GetProperty("reason").GetString() is { } why ? $" ({why})" : "";
        return $"{item.GetProperty("position")} {item.GetProperty("timestamp").GetString()} {item.GetProperty("type").GetString()}{actor}{reason} {Short(item.GetProperty("data").GetRawText())}";
    }
}
