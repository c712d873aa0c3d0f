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

    private static Command List()
    {
        var server = ApiClient.Server();
        var command = new Command("list", "Where each stands, what it has parked, how far its rebuild is.") { server };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = ApiClient.For(parsed.GetValue(server));
                var answer = await client.GetAsync(Path, cancellationToken);
                foreach (var line in ProjectionText.Table(answer.GetProperty("items")))
                    await Console.Out.WriteLineAsync(line);
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static Command Rebuild()
    {
        var (name, all, server) = (Name(ArgumentArity.ZeroOrOne), All(), ApiClient.Server());
        var command = new Command(
            "rebuild",
            "Fold the log anew beside the live tables, put the result in their place, and follow it."
        )
        {
            name,
            all,
            server,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = ApiClient.For(parsed.GetValue(server));
                var names = await NamesAsync(client, parsed.GetValue(name), parsed.GetValue(all), cancellationToken);
                return await new RebuildFollowing(client).RunAsync(names, "rebuild", cancellationToken);
            }
        );
        return command;
    }

    private static Command Verify()
    {
        var (name, server) = (Name(ArgumentArity.ZeroOrOne), ApiClient.Server());
        var command = new Command(
            "verify",
            "Prove that the live tables are what the log says: one or all. Ends with 1 when they are not."
        )
        {
            name,
            server,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = ApiClient.For(parsed.GetValue(server));
                var one = parsed.GetValue(name);
                var names = await NamesAsync(client, one, one is null, cancellationToken);
                return await new RebuildFollowing(client).RunAsync(names, "verify", cancellationToken);
            }
        );
        return command;
    }

    private static Command Cancel()
    {
        var (name, server) = (Name(ArgumentArity.ExactlyOne), ApiClient.Server());
        var command = new Command("cancel", "Give up a rebuild; the live tables stay as they are.") { name, server };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = ApiClient.For(parsed.GetValue(server));
                await client.DeleteAsync($"{Path}/{Escaped(parsed.GetValue(name))}/rebuild", cancellationToken);
                await Console.Out.WriteLineAsync("cancelled");
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static Command Parked()
    {
        var (name, server) = (Name(ArgumentArity.ExactlyOne), ApiClient.Server());
        var command = new Command("parked", "The streams that a projection does not fold, and why.") { name, server };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = ApiClient.For(parsed.GetValue(server));
                var path = $"{Path}/{Escaped(parsed.GetValue(name))}/parked";
                var streams = (await client.GetAsync(path, cancellationToken)).GetProperty("items");
                foreach (var stream in streams.EnumerateArray())
                    await Console.Out.WriteLineAsync(ProjectionText.Parked(stream));
                if (streams.GetArrayLength() == 0)
                    await Console.Out.WriteLineAsync("nothing is parked");
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static Command Retry()
    {
        var (name, server) = (Name(ArgumentArity.ExactlyOne), ApiClient.Server());
        var stream = new Argument<Guid>("stream") { Description = "The stream's id, as parked lists it." };
        var command = new Command("retry", "Fold what a stream has parked, in order and in one go.")
        {
            name,
            stream,
            server,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = ApiClient.For(parsed.GetValue(server));
                var path = $"{Path}/{Escaped(parsed.GetValue(name))}/parked/{parsed.GetValue(stream)}/retry";
                var answer = await client.PostAsync(path, cancellationToken);
                await Console.Out.WriteLineAsync($"{answer.GetProperty("events")} events folded; the stream goes on");
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
