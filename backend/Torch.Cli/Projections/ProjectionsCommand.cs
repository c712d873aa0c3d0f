using System.CommandLine;
using Torch.Cli.Client;
using Torch.Cli.Settings;

namespace Torch.Cli.Projections;

/// <summary><c>torch projections</c>: the read models of a running Torch.</summary>
internal static class ProjectionsCommand
{
    private const string Path = "/api/v1/projections";

    public static Command Create() =>
        new("projections", "See, rebuild and verify the read models of a running Torch.")
        {
            List(),
            Rebuild(),
            Cancel(),
            Verify(),
            Parked(),
            Retry(),
        };

    private static Command List() =>
        Verb.Create(
            "list",
            "Where each stands, what it has parked, how far its rebuild is.",
            async (call, ct) =>
            {
                var answer = await call.Client.GetAsync(Path, ct);
                await call.SayAsync(answer.GetProperty("items"), ProjectionText.Table);
                return ExitCodes.Success;
            }
        );

    private static Command Rebuild()
    {
        var (name, all) = (Name(ArgumentArity.ZeroOrOne), All());
        var command = new Command(
            "rebuild",
            "Fold the log anew beside the live tables, put the result in their place, and follow it."
        )
        {
            name,
            all,
        };
        command
            .WithServer()
            .SetAction(
                async (parsed, cancellationToken) =>
                {
                    using var client = ApiClient.For(parsed);
                    var names = await NamesAsync(
                        client,
                        parsed.GetValue(name),
                        parsed.GetValue(all),
                        cancellationToken
                    );
                    return await new RebuildFollowing(client, parsed.Terminal()).RunAsync(
                        names,
                        "rebuild",
                        cancellationToken
                    );
                }
            );
        return command;
    }

    private static Command Verify()
    {
        var name = Name(ArgumentArity.ZeroOrOne);
        var command = new Command(
            "verify",
            "Prove that the live tables are what the log says: one or all. Ends with 1 when they are not."
        )
        {
            name,
        };
        command
            .WithServer()
            .SetAction(
                async (parsed, cancellationToken) =>
                {
                    using var client = ApiClient.For(parsed);
                    var one = parsed.GetValue(name);
                    var names = await NamesAsync(client, one, one is null, cancellationToken);
                    return await new RebuildFollowing(client, parsed.Terminal()).RunAsync(
                        names,
                        "verify",
                        cancellationToken
                    );
                }
            );
        return command;
    }

    private static Command Cancel()
    {
        var name = Name(ArgumentArity.ExactlyOne);
        var command = new Command("cancel", "Give up a rebuild; the live tables stay as they are.") { name };
        command
            .WithServer()
            .SetAction(
                async (parsed, cancellationToken) =>
                {
                    using var client = ApiClient.For(parsed);
                    await client.DeleteAsync($"{Path}/{Escaped(parsed.GetValue(name))}/rebuild", cancellationToken);
                    await parsed.SayAsync("cancelled");
                    return ExitCodes.Success;
                }
            );
        return command;
    }

    private static Command Parked()
    {
        var name = Name(ArgumentArity.ExactlyOne);
        var command = new Command("parked", "The streams that a projection does not fold, and why.") { name };
        command
            .WithServer()
            .SetAction(
                async (parsed, cancellationToken) =>
                {
                    using var client = ApiClient.For(parsed);
                    var path = $"{Path}/{Escaped(parsed.GetValue(name))}/parked";
                    var streams = (await client.GetAsync(path, cancellationToken)).GetProperty("items");
                    foreach (var stream in streams.EnumerateArray())
                        await parsed.SayAsync(ProjectionText.Parked(stream));
                    if (streams.GetArrayLength() == 0)
                        await parsed.SayAsync("nothing is parked");
                    return ExitCodes.Success;
                }
            );
        return command;
    }

    private static Command Retry()
    {
        var name = Name(ArgumentArity.ExactlyOne);
        var stream = new Argument<Guid>("stream") { Description = "The stream's id, as parked lists it." };
        var command = new Command("retry", "Fold what a stream has parked, in order and in one go.") { name, stream };
        command
            .WithServer()
            .SetAction(
                async (parsed, cancellationToken) =>
                {
                    using var client = ApiClient.For(parsed);
                    var path = $"{Path}/{Escaped(parsed.GetValue(name))}/parked/{parsed.GetValue(stream)}/retry";
                    var answer = await client.PostAsync(path, cancellationToken);
                    await parsed.SayAsync($"{answer.GetProperty("events")} events folded; the stream goes on");
                    return ExitCodes.Success;
                }
            );
        return command;
    }

    private static Argument<string?> Name(ArgumentArity arity) =>
        new("name") { Description = "A projection, such as Transitions.", Arity = arity };

    private static Option<bool> All() => new("--all") { Description = "Every projection, one after the other." };

    private static string Escaped(string? name) => Uri.EscapeDataString(name ?? "");

    private static async Task<IReadOnlyList<string>> NamesAsync(
        ApiClient client,
        string? one,
        bool isAll,
        CancellationToken cancellationToken
    )
    {
        if (one is null != isAll)
            throw new SettingException("name one projection, or say --all");
        if (one is not null)
            return [one];
        var answer = await client.GetAsync(Path, cancellationToken);
        return [.. answer.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("name").GetString()!)];
    }
}
