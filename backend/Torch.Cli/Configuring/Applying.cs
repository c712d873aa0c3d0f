using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using Torch.Cli.Client;

namespace Torch.Cli.Configuring;

/// <summary>A plan is shown first; deletions are asked for; then all of it is done in one commit.</summary>
internal static partial class Applying
{
    public static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only show the plan." };

    public static readonly Option<bool> Prune = new("--prune")
    {
        Description = "Of the sections that the file has, delete what it does not name.",
    };

    public static readonly Option<string?> Reason = new("--reason") { Description = "Why, for the journal." };

    public static readonly Option<bool> Yes = Confirmation.Yes();

    /// <param name="file">For what is said of its lines.</param>
    /// <param name="post">Asks for the plan, or lets it be done.</param>
    /// <param name="planOf">Finds the plan in an answer.</param>
    public static async Task<int> RunAsync(
        Call call,
        string file,
        Func<bool, CancellationToken, Task<JsonElement>> post,
        Func<JsonElement, JsonElement> planOf,
        CancellationToken ct
    )
    {
        try
        {
            var planned = await post(true, ct);
            if (call.Get(DryRun))
                return await SayAsync(call, planned, planOf);
            if (!await MayDeleteAsync(call, planOf(planned), ct))
                return ExitCodes.Declined;
            return await SayAsync(call, await post(false, ct), planOf);
        }
        catch (ServerAnswerException refused) when (refused.Errors.Count > 0)
        {
            foreach (var error in refused.Errors)
                await call.Terminal.Error.WriteLineAsync(
                    Place().Replace(error, m => $"{file}:{m.Groups["line"]}:{m.Groups["column"]}: ", 1)
                );
            await call.Terminal.RemarkAsync("nothing was changed");
            return ExitCodes.Server;
        }
    }

    private static async Task<int> SayAsync(Call call, JsonElement answer, Func<JsonElement, JsonElement> planOf)
    {
        await call.SayAsync(answer, a => PlanText.Lines(planOf(a), call.Terminal.HasColour));
        return ExitCodes.Success;
    }

    private static async Task<bool> MayDeleteAsync(Call call, JsonElement plan, CancellationToken ct)
    {
        var gone = PlanText.Deleted(plan).ToList();
        if (gone.Count == 0)
            return true;
        foreach (var line in gone)
            await call.Terminal.Error.WriteLineAsync("  - " + line);
        return await Confirmation.AskAsync(call.Terminal, $"Delete {gone.Count}?", call.Get(Yes), ct);
    }

    [GeneratedRegex(
        "^line (?<line>[0-9]+), column (?<column>[0-9]+): ",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Place();
}
