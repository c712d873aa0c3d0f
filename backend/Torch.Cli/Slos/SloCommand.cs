using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Torch.Cli.Client;
using Torch.Cli.Settings;

namespace Torch.Cli.Slos;

/// <summary><c>torch slo</c>: objectives, and how they are met.</summary>
internal static class SloCommand
{
    private static readonly Argument<string> Target = new("objective")
    {
        Description = "An objective's name or id, or a node: all objectives of it.",
        HelpName = "node or objective",
    };
    private static readonly Option<string?> From = new("--from")
    {
        Description = "Count from here on, instead of the objective's window. With --to.",
    };
    private static readonly Option<string?> To = new("--to") { Description = "Count up to here. With --from." };
    private static readonly Option<string?> AsOf = new("--as-of")
    {
        Description = "The moment that the window ends at; now by default.",
    };
    private static readonly Option<long?> AtPosition = new("--at-position")
    {
        Description = "What was known then: the events up to this position.",
    };
    private static readonly Option<bool> Subtree = new("--subtree") { Description = "Each node below too." };
    private static readonly Option<bool> Csv = new("--csv") { Description = "A line per fact." };
    private static readonly Option<bool> Verify = new("--verify")
    {
        Description =
            "Make it again at its position and compare the bytes; prove that what it is made from is what the log says. Ends with 1 where not.",
    };

    public static Command Create() => new("slo", "See objectives, and report how they are met.") { List(), Report() };

    private static Command List() =>
        Verb.Create(
            "list",
            "Every objective, with what is left of its budget; the worst first.",
            async (call, ct) =>
            {
                var reports = new List<JsonElement>();
                foreach (var objective in await SloNaming.AllAsync(call.Client, ct))
                    reports.Add(await call.Client.GetAsync(SloNaming.ReportOf(objective), ct));
                foreach (var line in SloText.Table(reports, call.Parsed.IsJson()))
                    await call.Terminal.SayAsync(line);
                return ExitCodes.Success;
            }
        );

    private static Command Report()
    {
        Target.CompletionSources.Add(SloNaming.Names);
        return Verb.Create(
            "report",
            "How an objective is met: availability, budget, burn rates, outages.",
            RunAsync,
            Target,
            From,
            To,
            AsOf,
            AtPosition,
            Subtree,
            Csv,
            Verify
        );
    }

    private static async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        if (call.Get(Csv) && call.Parsed.IsJson())
            throw new SettingException("--csv and --json exclude each other");
        var isWell = true;
        foreach (var id in await SloNaming.FindAsync(call.Client, call.Get(Target)!, cancellationToken))
            isWell &= await ReportAsync(call, id, cancellationToken);
        return isWell ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static async Task<bool> ReportAsync(Call call, Guid id, CancellationToken cancellationToken)
    {
        var path = Path(call, id);
        var text = await call.Client.GetTextAsync(path, cancellationToken);
        var report = JsonElement.Parse(text);
        if (call.Get(Csv))
            // With the stamps of the report that was read, so that the two are one.
            await call.Terminal.Output.WriteAsync(
                await call.Client.GetTextAsync(SloVerification.Again(path, report) + "&format=csv", cancellationToken)
            );
        else if (call.Parsed.IsJson())
            await call.Terminal.SayAsync(text);
        else
            foreach (var line in SloText.Lines(report))
                await call.Terminal.SayAsync(line);
        return !call.Get(Verify)
            || await new SloVerification(call.Client, call.Terminal).RunAsync(path, text, cancellationToken);
    }

    private static string Path(Call call, Guid id)
    {
        (string Name, string? Value)[] asked =
        [
            ("from", call.Get(From)),
            ("to", call.Get(To)),
            ("asOf", call.Get(AsOf)),
            ("atPosition", call.Get(AtPosition)?.ToString(CultureInfo.InvariantCulture)),
            ("subtree", call.Get(Subtree) ? "true" : null),
        ];
        var query = asked.Where(a => a.Value is not null).Select(a => $"{a.Name}={Uri.EscapeDataString(a.Value!)}");
        return $"/api/v1/slos/{id}/report?{string.Join('&', query)}";
    }
}
