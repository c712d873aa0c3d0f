using System.CommandLine;
using System.Text.Json;
using Torch.Cli.Client;

namespace Torch.Cli.Checks;

/// <summary><c>torch checks</c>: what Torch asks, and what scripts tell.</summary>
internal static class ChecksCommand
{
    public static Command Create() =>
        new("checks", "Try, add, list, change, run and remove checks.")
        {
            AddCheck.Create(),
            AddCheck.CreateTry(),
            List(),
            Show(),
            UpdateCheck.Create(),
            RemoveCheck.Create(),
            Run(),
        };

    private static Command List()
    {
        var numbered = new Option<bool>("--numbered") { Description = "With numbers, which other commands take." };
        return Verb.Create(
            "list",
            "Every check, by name.",
            async (call, ct) =>
            {
                var checks = await CheckNaming.AllAsync(call.Client, ct);
                var lines = call.Parsed.IsJson()
                    ? [JsonSerializer.Serialize(checks)]
                    : CheckText.Table(checks, call.Get(numbered));
                foreach (var line in lines)
                    await call.Terminal.SayAsync(line);
                return ExitCodes.Success;
            },
            numbered
        );
    }

    private static Command Show()
    {
        var which = CheckNaming.Argument();
        return Verb.Create(
            "show",
            "One check with its settings and its last observation.",
            async (call, ct) =>
            {
                await call.SayAsync(await CheckNaming.FindAsync(call.Client, call.Get(which)!, ct), CheckText.Details);
                return ExitCodes.Success;
            },
            which
        );
    }

    private static Command Run()
    {
        var which = CheckNaming.Argument();
        return Verb.Create(
            "run",
            "Probe now. Ends with 1 unless the target is up.",
            async (call, ct) =>
            {
                var check = await CheckNaming.FindAsync(call.Client, call.Get(which)!, ct);
                var seen = await call.Client.PostAsync($"/api/v1/checks/{check.GetProperty("id")}/run", ct);
                await call.SayAsync(seen, CheckText.Observation);
                return seen.GetProperty("outcome").ValueEquals("up") ? ExitCodes.Success : ExitCodes.Failed;
            },
            which
        );
    }
}
