using System.CommandLine;
using System.Text.Json;
using Torch.Cli.Client;
using Torch.Cli.Settings;

namespace Torch.Cli.Notices;

/// <summary><c>torch channels</c>: where notices go.</summary>
internal static class ChannelsCommand
{
    private const string Path = "/api/v1/channels";

    public static Command Create() =>
        new("channels", "See where notices go, try a channel, and see what was told.") { List(), Test(), Told() };

    private static Command List() =>
        Verb.Create(
            "list",
            "Every channel, without its secrets.",
            async (call, ct) =>
            {
                var answer = await call.Client.GetAsync(Path + "?limit=1000", ct);
                await call.SayAsync(answer.GetProperty("items"), Table);
                return ExitCodes.Success;
            }
        );

    private static Command Test()
    {
        var name = new Argument<string>("channel") { Description = "Its name or id." };
        return Verb.Create(
            "test",
            "Send a test message. Ends with 1 where it was not delivered.",
            async (call, ct) =>
            {
                var id = await IdOfAsync(call, call.Get(name)!, ct);
                var answer = await call.Client.PostAsync($"{Path}/{id}/test", ct);
                await call.SayAsync(answer, Sentence);
                return answer.GetProperty("delivered").GetBoolean() ? ExitCodes.Success : ExitCodes.Failed;
            },
            name
        );
    }

    private static Command Told() =>
        Verb.Create(
            "told",
            "What was told last, and what became of it.",
            async (call, ct) =>
            {
                var answer = await call.Client.GetAsync("/api/v1/notices?limit=20", ct);
                await call.SayAsync(answer.GetProperty("items"), Notices);
                return ExitCodes.Success;
            }
        );

    private static async Task<string> IdOfAsync(Call call, string name, CancellationToken ct)
    {
        var channels = (await call.Client.GetAsync(Path + "?limit=1000", ct)).GetProperty("items").EnumerateArray();
        var found = channels.Where(c => Text(c, "id") == name || Text(c, "name") == name).ToList();
        return found switch
        {
            [var one] => Text(one, "id"),
            [] => throw new SettingException($"there is no channel {name}"),
            _ => throw new SettingException($"{found.Count} channels are called {name}: give the id"),
        };
    }

    private static string Sentence(JsonElement test) =>
        test.GetProperty("delivered").GetBoolean()
            ? $"delivered: {Text(test, "detail")}"
            : $"not delivered: {Text(test, "detail")}";

    private static IEnumerable<string> Table(JsonElement channels) =>
        TextTable.Lines(
            ["NAME", "KIND", "STATE", "GOES TO"],
            [
                .. channels
                    .EnumerateArray()
                    .Select(c =>
                        (IReadOnlyList<string>)[Text(c, "name"), Text(c, "kind"), State(c), Text(c, "target")]
                    ),
            ]
        );

    private static string State(JsonElement channel) =>
        Text(channel, "disabledBecause") is { Length: > 0 } reason ? reason
        : channel.GetProperty("enabled").GetBoolean() ? "in use"
        : "off";

    private static IEnumerable<string> Notices(JsonElement notices) =>
        TextTable.Lines(
            ["AT", "KIND", "OF", "TO"],
            [
                .. notices
                    .EnumerateArray()
                    .Select(n =>
                        (IReadOnlyList<string>)
                            [
                                Text(n, "at"),
                                Text(n, "kind"),
                                n.GetProperty("count").GetInt32() is var count and > 1
                                    ? $"{count} incidents"
                                    : Text(n.GetProperty("items")[0], "name"),
                                string.Join(
                                    ", ",
                                    n.GetProperty("deliveries")
                                        .EnumerateArray()
                                        .Select(d => $"{Text(d, "channel")}: {Text(d, "state")}")
                                ),
                            ]
                    ),
            ]
        );

    private static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
