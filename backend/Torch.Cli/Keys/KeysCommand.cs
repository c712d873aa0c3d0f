using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Torch.Cli.Client;
using Torch.Cli.Settings;

namespace Torch.Cli.Keys;

/// <summary><c>torch keys</c>: the API's keys, for scripts.</summary>
internal static class KeysCommand
{
    private const string Path = "/api/v1/keys";

    private static readonly Argument<string> Name = new("name") { Description = "What the key is for." };
    private static readonly Argument<string> Key = new("key") { Description = "A key's name or id." };
    private static readonly Option<string[]> Scope = new("--scope")
    {
        Description =
            "What it may do: ingest (report), read, write (and read), admin. May be given several times; ingest by default.",
    };
    private static readonly Option<string?> Prefix = new("--source-prefix")
    {
        Description = "It may report only on sources that begin like this, such as backup/.",
    };
    private static readonly Option<string?> Expires = new("--expires")
    {
        Description =
            "When it ceases to work: a time such as 2027-01-01T00:00:00Z, or a duration from now such as 90d.",
    };
    private static readonly Option<int?> PerSecond = new("--per-second")
    {
        Description = "How many reports and requests a second it may bring; 20000 by default.",
    };
    private static readonly Option<string> Overlap = new("--overlap")
    {
        Description = "How long the text before goes on working, up to 30d; 1d by default.",
        DefaultValueFactory = _ => "1d",
    };
    private static readonly Option<bool> Yes = Confirmation.Yes();

    public static Command Create() =>
        new("keys", "Make, exchange and revoke API keys, and push keys.")
        {
            List(),
            Add(),
            Rotate(),
            Revoke(),
            PushKeysCommand.Create(),
        };

    private static Command List() =>
        Verb.Create(
            "list",
            "The keys with their scopes, and when each was last used.",
            async (call, ct) =>
            {
                var keys = (await call.Client.GetAsync(Path, ct)).GetProperty("items");
                await call.SayAsync(keys, Table);
                return ExitCodes.Success;
            }
        );

    private static Command Add() =>
        Verb.Create(
            "add",
            "Make a key and print its text, which is told this once.",
            async (call, ct) =>
            {
                var made = await call.Client.PostAsync(Path, Wanted(call), ct);
                await call.SayAsync(made, m => m.GetProperty("key").GetString()!);
                return ExitCodes.Success;
            },
            Name,
            Scope,
            Prefix,
            Expires,
            PerSecond
        );

    private static Command Rotate() =>
        Verb.Create(
            "rotate",
            "Give a key a new text and print it; the one before goes on working for a while.",
            async (call, ct) =>
            {
                var id = await IdAsync(call, ct);
                var body = new Dictionary<string, object> { ["overlap"] = Durations.Iso(call.Get(Overlap)!) };
                var made = await call.Client.PostAsync($"{Path}/{id}/rotate", body, ct);
                await call.SayAsync(made, m => m.GetProperty("key").GetString()!);
                return ExitCodes.Success;
            },
            Key,
            Overlap
        );

    private static Command Revoke() =>
        Verb.Create(
            "revoke",
            "Let a key open nothing any more.",
            async (call, ct) =>
            {
                var id = await IdAsync(call, ct);
                var question = $"Revoke {call.Get(Key)}? What uses it is refused from now on.";
                if (!await Confirmation.AskAsync(call.Terminal, question, call.Get(Yes), ct))
                    return ExitCodes.Success;
                await call.SayAsync(await call.Client.DeleteAsync($"{Path}/{id}", ct), _ => "revoked");
                return ExitCodes.Success;
            },
            Key,
            Yes
        );

    private static Dictionary<string, object> Wanted(Call call)
    {
        var scopes = call.Get(Scope) is { Length: > 0 } given ? given : ["ingest"];
        var wanted = new Dictionary<string, object> { ["name"] = call.Get(Name)!, ["scopes"] = scopes };
        if (call.Get(Prefix) is { } prefix)
            wanted["sourcePrefix"] = prefix;
        if (call.Get(Expires) is { } expires)
            wanted["expiresAt"] = Time(expires);
        if (call.Get(PerSecond) is { } perSecond)
            wanted["perSecond"] = perSecond;
        return wanted;
    }

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        && text.Contains('-', StringComparison.Ordinal)
            ? time
            : TimeProvider.System.GetUtcNow() + Durations.Parse(text);

    private static async Task<string> IdAsync(Call call, CancellationToken ct)
    {
        var wanted = call.Get(Key)!;
        var keys = (await call.Client.GetAsync(Path, ct)).GetProperty("items").EnumerateArray();
        var found = keys.Where(k => Text(k, "id") == wanted || Text(k, "name") == wanted).ToList();
        return found switch
        {
            [var one] => Text(one, "id"),
            [] => throw new SettingException($"there is no key \"{wanted}\""),
            _ => throw new SettingException($"{found.Count} keys are called \"{wanted}\": name one by its id"),
        };
    }

    private static IEnumerable<string> Table(JsonElement keys) =>
        TextTable.Lines(
            ["NAME", "ID", "SCOPES", "SOURCES", "EXPIRES", "LAST USED"],
            [
                .. keys.EnumerateArray()
                    .Select(k =>
                        (IReadOnlyList<string>)
                            [
                                Text(k, "name"),
                                Text(k, "id"),
                                string.Join(",", k.GetProperty("scopes").EnumerateArray()),
                                Text(k, "sourcePrefix") is { Length: > 0 } prefix ? prefix + "*" : "all",
                                k.GetProperty("expired").GetBoolean() ? "expired" : Or(Text(k, "expiresAt"), "never"),
                                Or(Text(k, "lastUsedAt"), "never"),
                            ]
                    ),
            ]
        );

    private static string Or(string text, string otherwise) => text.Length > 0 ? text : otherwise;

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? "";
}
