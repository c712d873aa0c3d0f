using System.CommandLine;
using System.Text.Json;
using Torch.Cli.Client;
using Torch.Cli.Settings;

namespace Torch.Cli.Keys;

/// <summary><c>torch keys push</c>: tokens for scripts that push to Uptime Kuma, Healthchecks or Gatus, and for Alertmanager.</summary>
internal static class PushKeysCommand
{
    private const string Path = "/api/v1/push-keys";

    private static readonly Argument<string?> Source = new("source")
    {
        Description = "The one source that it reports, such as nas/backup.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private static readonly Option<string?> Prefix = new("--prefix")
    {
        Description = "In place of a source: it reports all that begin like this, such as cron/.",
    };
    private static readonly Option<string?> Name = new("--name") { Description = "For people; the source by default." };
    private static readonly Option<string?> Token = new("--token")
    {
        Description =
            "The token that the script has already; other users of the machine can read it here. A new one by default.",
    };
    private static readonly Argument<string> Key = new("key") { Description = "A push key's name or id." };
    private static readonly Option<bool> Yes = Confirmation.Yes();

    public static Command Create() =>
        new("push", "Make, exchange and remove push keys: tokens for scripts that push already.")
        {
            List(),
            Add(),
            Rotate(),
            Remove(),
        };

    private static Command List() =>
        Verb.Create(
            "list",
            "The push keys, and what each reports.",
            async (call, ct) =>
            {
                await call.SayAsync(await KeysAsync(call, ct), Table);
                return ExitCodes.Success;
            }
        );

    private static Command Add() =>
        Verb.Create(
            "add",
            "Make a push key; print its token, which is told this once, and where to push to.",
            async (call, ct) =>
            {
                await MakeAsync(call, call.Get(Source), call.Get(Prefix), call.Get(Name), ct);
                return ExitCodes.Success;
            },
            Source,
            Prefix,
            Name,
            Token
        );

    private static Command Rotate() =>
        Verb.Create(
            "rotate",
            "Make another token for the same; the one before goes on working until it is removed.",
            async (call, ct) =>
            {
                var old = await FindAsync(call, ct);
                await MakeAsync(call, Text(old, "source"), Text(old, "prefix"), Text(old, "name"), ct);
                await call.Terminal.Error.WriteLineAsync(
                    $"Once every script has it: torch keys push remove {Text(old, "id")}"
                );
                return ExitCodes.Success;
            },
            Key,
            Token
        );

    private static Command Remove() =>
        Verb.Create(
            "remove",
            "Let a push key open nothing any more.",
            async (call, ct) =>
            {
                var key = await FindAsync(call, ct);
                var question = $"Remove {Text(key, "name")}? What pushes with it is refused from now on.";
                if (!await Confirmation.AskAsync(call.Terminal, question, call.Get(Yes), ct))
                    return ExitCodes.Success;
                var done = await call.Client.DeleteAsync($"{Path}/{Text(key, "id")}", ct);
                await call.SayAsync(await call.SettledAsync(done, ct), _ => "removed");
                return ExitCodes.Success;
            },
            Key,
            Yes
        );

    private static async Task MakeAsync(Call call, string? source, string? prefix, string? name, CancellationToken ct)
    {
        var wanted = new Dictionary<string, object>();
        foreach (
            var (member, value) in new[]
            {
                ("source", source),
                ("prefix", prefix),
                ("name", name),
                ("token", call.Get(Token)),
            }
        )
            if (value is not null)
                wanted[member] = value;
        var made = await call.Client.PostAsync(Path, wanted, ct);
        await call.SayAsync(await call.SettledAsync(made, ct), Told);
    }

    private static IEnumerable<string> Told(JsonElement made) =>
        TextTable.Lines(
            ["FOR", "PUSH TO"],
            [
                ["token", Text(made, "token")!],
                .. made.GetProperty("urls")
                    .EnumerateObject()
                    .Select(url => (IReadOnlyList<string>)[url.Name, url.Value.GetString()!]),
            ]
        );

    private static async Task<JsonElement> KeysAsync(Call call, CancellationToken ct) =>
        (await call.Client.GetAsync(Path + "?limit=1000", ct)).GetProperty("items");

    private static async Task<JsonElement> FindAsync(Call call, CancellationToken ct)
    {
        var wanted = call.Get(Key)!;
        var keys = (await KeysAsync(call, ct)).EnumerateArray();
        var found = keys.Where(k => Text(k, "id") == wanted || Text(k, "name") == wanted).ToList();
        return found switch
        {
            [var one] => one,
            [] => throw new SettingException($"there is no push key \"{wanted}\""),
            _ => throw new SettingException($"{found.Count} push keys are called \"{wanted}\": name one by its id"),
        };
    }

    private static IEnumerable<string> Table(JsonElement keys) =>
        TextTable.Lines(
            ["NAME", "ID", "REPORTS", "MADE"],
            [
                .. keys.EnumerateArray()
                    .Select(k =>
                        (IReadOnlyList<string>)
                            [
                                Text(k, "name")!,
                                Text(k, "id")!,
                                Text(k, "source") ?? Text(k, "prefix") + "*",
                                Text(k, "createdAt")!,
                            ]
                    ),
            ]
        );

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
