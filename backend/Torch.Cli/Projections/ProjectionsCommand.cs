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
        return Verb.Create(
            "rebuild",
            "Fold the log anew beside the live tables, put the result in their place, and follow it.",
            async (call, ct) =>
            {
                var names = await NamesAsync(call.Client, call.Get(name), call.Get(all), ct);
                return await new RebuildFollowing(call.Client, call.Terminal, call.SayAsync).RunAsync(
                    names,
                    "rebuild",
                    ct
                );
            },
            name,
            all
        );
    }

    private static Command Verify()
    {
        var name = Name(ArgumentArity.ZeroOrOne);
        return Verb.Create(
            "verify",
            "Prove that the live tables are what the log says: one or all. Ends with 1 when they are not.",
            async (call, ct) =>
            {
                var names = await NamesAsync(call.Client, call.Get(name), call.Get(name) is null, ct);
                return await new RebuildFollowing(call.Client, call.Terminal, call.SayAsync).RunAsync(
                    names,
                    "verify",
                    ct
                );
            },
            name
        );
    }

    private static Command Cancel()
    {
        var name = Name(ArgumentArity.ExactlyOne);
        return Verb.Create(
            "cancel",
            "Give up a rebuild; the live tables stay as they are.",
            async (call, ct) =>
            {
                await call.Client.DeleteAsync($"{Path}/{Escaped(call.Get(name))}/rebuild", ct);
                await call.Parsed.SayAsync(new { name = call.Get(name) }, "cancelled");
                return ExitCodes.Success;
            },
            name
        );
    }

    private static Command Parked()
    {
        var name = Name(ArgumentArity.ExactlyOne);
        return Verb.Create(
            "parked",
            "The streams that a projection does not fold, and why.",
            async (call, ct) =>
            {
                var answer = await call.Client.GetAsync($"{Path}/{Escaped(call.Get(name))}/parked", ct);
                await call.SayAsync(answer.GetProperty("items"), ProjectionText.Parked);
                return ExitCodes.Success;
            },
            name
        );
    }

    private static Command Retry()
    {
        var name = Name(ArgumentArity.ExactlyOne);
        var stream = new Argument<Guid>("stream") { Description = "The stream's id, as parked lists it." };
        return Verb.Create(
            "retry",
            "Fold what a stream has parked, in order and in one go.",
            async (call, ct) =>
            {
                var path = $"{Path}/{Escaped(call.Get(name))}/parked/{call.Get(stream)}/retry";
                var answer = await call.Client.PostAsync(path, ct);
                await call.SayAsync(answer, a => $"{a.GetProperty("events")} events folded; the stream goes on");
                return ExitCodes.Success;
            },
            name,
            stream
        );
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
