using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Torch.Cli.Client;

namespace Torch.Cli.Checks;

/// <summary><c>torch checks update NAME --interval 1m --regex ""</c>: what is not named stays, an empty value takes a setting away.</summary>
internal static class UpdateCheck
{
    private static readonly string[] NotSettings = ["id", "nodeIds", "latest", "nextBeat", "version"];
    private static readonly Option<string?> Name = new("--name") { Description = "Another name." };
    private static readonly Option<string?> Kind = new("--kind")
    {
        Description = "heartbeat for a report that is expected, report for one that is not any more.",
        HelpName = "kind",
    };

    public static Command Create()
    {
        var which = CheckNaming.Argument();
        var command = Verb.Create(
            "update",
            "Change some settings of a check; \"\" takes one away.",
            async (call, ct) =>
            {
                var check = await CheckNaming.FindAsync(call.Client, call.Get(which)!, ct);
                var path = $"/api/v1/checks/{check.GetProperty("id")}";
                var answer = await call.Client.PutAsync(
                    path,
                    Wanted(call, check),
                    check.GetProperty("version").GetInt64(),
                    ct
                );
                await call.SettledAsync(answer, ct);
                await call.SayAsync(answer, _ => $"changed {check.GetProperty("name")}");
                return ExitCodes.Success;
            },
            which,
            Name,
            Kind
        );
        CheckFlags.AddTo(command);
        return command;
    }

    /// <summary>A check's settings as the API takes them.</summary>
    public static JsonObject Settings(JsonElement check) =>
        new(
            check
                .EnumerateObject()
                .Where(m =>
                    !NotSettings.Contains(m.Name, StringComparer.Ordinal) && m.Value.ValueKind != JsonValueKind.Null
                )
                .Select(m => KeyValuePair.Create(m.Name, JsonNode.Parse(m.Value.GetRawText())))
        );

    private static JsonObject Wanted(Call call, JsonElement check)
    {
        var wanted = Settings(check);
        if (call.Get(Name) is { Length: > 0 } name)
            wanted["name"] = name;
        if (call.Get(Kind) is { Length: > 0 } kind)
            wanted["kind"] = kind;
        CheckFlags.Apply(call.Parsed, wanted, (string)wanted["kind"]!);
        // A report comes when it comes.
        if ((string?)wanted["kind"] == "report")
            Remove(wanted, "interval", "grace");
        if (call.Parsed.GetResult("--cron") is not null && wanted["cron"] is not null)
            wanted.Remove("interval");
        if (call.Parsed.GetResult("--interval") is not null)
            Remove(wanted, "cron", "timeZone");
        return wanted;
    }

    private static void Remove(JsonObject from, params IReadOnlyList<string> members)
    {
        foreach (var member in members)
            from.Remove(member);
    }
}
