using System.CommandLine;
using System.Globalization;
using Torch.Cli.Client;
using Torch.Cli.Nodes;
using Torch.Cli.Settings;

namespace Torch.Cli.Auditing;

/// <summary><c>torch audit</c>: who changed what, when, from where and why.</summary>
internal static class AuditCommand
{
    private const string Path = "/api/v1/audit";

    private static readonly Option<string?> Person = new("--person") { Description = "What one person changed." };
    private static readonly Option<string?> Types = new("--types")
    {
        Description = "Names of events, parted by commas: rules_published,node_renamed.",
    };
    private static readonly Option<string?> From = new("--from") { Description = "RFC 3339, inclusive." };
    private static readonly Option<string?> To = new("--to") { Description = "RFC 3339, exclusive." };
    private static readonly Option<int> Last = new("--last")
    {
        Description = "So many of the newest; 50 by default.",
        DefaultValueFactory = _ => 50,
    };
    private static readonly Option<long?> Position = new("--position")
    {
        Description = "One event of the log, with its causes and effects; of a transition too.",
    };
    private static readonly Option<bool> Export = new("--export")
    {
        Description = "All that match as CloudEvents 1.0, a line each, oldest first.",
    };

    public static Command Create()
    {
        var node = NodeArgument.Create();
        node.Arity = ArgumentArity.ZeroOrOne;
        return Verb.Create(
            "audit",
            "Print who changed what, when, from where and why; with --json a line of JSON each.",
            (call, ct) => RunAsync(call, node, ct),
            node,
            Person,
            Types,
            From,
            To,
            Last,
            Position,
            Export
        );
    }

    private static async Task<int> RunAsync(Call call, Argument<string> node, CancellationToken cancellationToken)
    {
        if (call.Get(Position) is { } position)
            await call.SayAsync(await call.Client.GetAsync($"{Path}/{position}", cancellationToken), AuditText.Detail);
        else if (call.Get(Export))
            await ExportAsync(call, await QueryAsync(call, node, cancellationToken), cancellationToken);
        else
            await ListAsync(call, await QueryAsync(call, node, cancellationToken), cancellationToken);
        return ExitCodes.Success;
    }

    // Newest last, as events are printed.
    private static async Task ListAsync(Call call, string query, CancellationToken cancellationToken)
    {
        if (call.Get(Last) is < 1 or > 1_000)
            throw new SettingException("--last is 1 to 1000");
        var limit = call.Get(Last).ToString(CultureInfo.InvariantCulture);
        var page = await call.Client.GetAsync($"{Path}?limit={limit}{query}", cancellationToken);
        foreach (var entry in page.GetProperty("items").EnumerateArray().Reverse())
            await call.SayAsync(entry, AuditText.Line);
    }

    private static async Task ExportAsync(Call call, string query, CancellationToken cancellationToken)
    {
        await foreach (var line in call.Client.LinesAsync($"{Path}?{query.TrimStart('&')}", cancellationToken))
            await call.Terminal.SayAsync(line.GetRawText());
    }

    private static async Task<string> QueryAsync(Call call, Argument<string> node, CancellationToken cancellationToken)
    {
        var id = call.Get(node) is { } name
            ? (await NodeArgument.ResolveAsync(call.Client, name, cancellationToken)).ToString()
            : null;
        (string Name, string? Value)[] asked =
        [
            ("node", id),
            ("person", call.Get(Person)),
            ("types", call.Get(Types)),
            ("from", call.Get(From)),
            ("to", call.Get(To)),
        ];
        return string.Concat(
            asked.Where(a => a.Value is not null).Select(a => $"&{a.Name}={Uri.EscapeDataString(a.Value!)}")
        );
    }
}
