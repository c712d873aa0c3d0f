using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Torch.Cli.Client;

namespace Torch.Cli.Nodes;

/// <summary><c>torch availability</c>: nodes and devices by how available they were.</summary>
internal static class AvailabilityCommand
{
    private static readonly Option<string?> From = new("--from") { Description = "RFC 3339; 30 days ago by default." };
    private static readonly Option<string?> To = new("--to") { Description = "RFC 3339; now by default." };
    private static readonly Option<bool> Devices = new("--devices") { Description = "Only leaves." };
    private static readonly Option<bool> Best = new("--best") { Description = "The best first." };
    private static readonly Option<int> Limit = new("--limit")
    {
        Description = "So many; 50 by default.",
        DefaultValueFactory = _ => 50,
    };

    public static Command Create()
    {
        var node = NodeArgument.Create();
        node.Arity = ArgumentArity.ZeroOrOne;
        return Verb.Create(
            "availability",
            "Rank nodes by how available they were, the worst first.",
            async (call, ct) =>
            {
                string?[] query =
                [
                    "limit=" + call.Get(Limit).ToString(CultureInfo.InvariantCulture),
                    call.Get(From) is { } from ? "from=" + Uri.EscapeDataString(from) : null,
                    call.Get(To) is { } to ? "to=" + Uri.EscapeDataString(to) : null,
                    call.Get(Devices) ? "kind=leaf" : null,
                    call.Get(Best) ? "order=best" : null,
                    call.Get(node) is { } name
                        ? $"root={await NodeArgument.ResolveAsync(call.Client, name, ct)}"
                        : null,
                ];
                var path = "/api/v1/availability?" + string.Join('&', query.Where(q => q is not null));
                await call.SayAsync(await call.Client.GetAsync(path, ct), Lines);
                return ExitCodes.Success;
            },
            node,
            From,
            To,
            Devices,
            Best,
            Limit
        );
    }

    private static IEnumerable<string> Lines(JsonElement answer) =>
        TextTable.Lines(
            ["rank", "node", "availability", "bad", "status"],
            [.. answer.GetProperty("items").EnumerateArray().Select(i => (IReadOnlyList<string>)Cells(i))]
        );

    private static string[] Cells(JsonElement item) =>
        [
            item.GetProperty("rank").GetRawText(),
            string.Join('/', item.GetProperty("path").EnumerateArray().Select(n => n.GetString())),
            item.GetProperty("availability") is { ValueKind: JsonValueKind.Number } a ? a.GetRawText() + " %" : "-",
            TimeSpan
                .FromMilliseconds(item.GetProperty("bad").GetInt64())
                .ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture),
            item.GetProperty("status").GetString()!,
        ];
}
