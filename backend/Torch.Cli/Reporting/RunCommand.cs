using System.CommandLine;
using System.Text.Json.Nodes;
using Torch.Cli.Client;

namespace Torch.Cli.Reporting;

/// <summary><c>torch run -- backup.sh</c>: runs a command as if Torch were not there, and reports how it went.</summary>
internal static class RunCommand
{
    private static readonly Argument<string[]> Command = new("command")
    {
        Description = "What to run, with its arguments, after two dashes.",
        Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Option<string?> Source = new("--source")
    {
        Description = "Whom to report as; the command's file name by default.",
    };
    private static readonly Option<string> Retry = new("--retry")
    {
        Description = "How long to try again while the server is away; 30s by default.",
        DefaultValueFactory = _ => "30s",
    };

    public static Command Create()
    {
        var command = new Command(
            "run",
            "Run a command, forward all of it, and report exit code, duration and the end of its output."
        )
        {
            Source,
            Retry,
            Command,
        };
        command.WithJson().WithServer().SetAction(RunAsync);
        return command;
    }

    // The command's own exit code, whatever becomes of the report; only a success that nobody will hear of is none.
    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var words = parsed.GetValue(Command)!;
        var source = parsed.GetValue(Source) ?? Path.GetFileName(words[0]);
        var patience = Durations.Parse(parsed.GetValue(Retry)!);
        using var client = ApiClient.For(parsed);
        var delivery = new Delivery(client, TimeProvider.System);
        var ran = await ForwardedCommand.RunAsync(words, parsed.Terminal(), parsed.IsJson(), cancellationToken);
        var isTold = await IsToldAsync(
            stop => delivery.SendAsync(Report(source, ran).ToJsonString(), patience, stop),
            why => parsed.Terminal().RemarkAsync($"nobody was told of {source}: {why}"),
            cancellationToken
        );
        if (parsed.IsJson())
            await parsed.SayAsync(JsonOutput.Line(Facts(source, ran, isTold)));
        return isTold || ran.ExitCode != ExitCodes.Success ? ran.ExitCode : ExitCodes.Server;
    }

    private static async Task<bool> IsToldAsync(
        Func<CancellationToken, Task> tell,
        Func<string, Task> complain,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var signals = StopSignals.Hear(_ => giveUp.Cancel());
            await tell(giveUp.Token);
            return true;
        }
        catch (Exception exception) when (exception is ServerAnswerException or OperationCanceledException)
        {
            await complain(exception.Message);
            return false;
        }
    }

    private static object Facts(string source, CommandEnd ran, bool isTold) =>
        new
        {
            source,
            exitCode = ran.ExitCode,
            seconds = Seconds(ran),
            status = Status(ran),
            sent = isTold,
            message = ran.Message,
        };

    private static JsonObject Report(string source, CommandEnd ran) =>
        new()
        {
            ["source"] = source,
            ["value"] = ran.ExitCode,
            ["status"] = Status(ran),
            ["message"] = ran.Message,
            ["metrics"] = new JsonObject { ["duration"] = Seconds(ran), ["exitCode"] = ran.ExitCode },
        };

    private static string Status(CommandEnd ran) => ran.ExitCode == ExitCodes.Success ? "up" : "down";

    private static double Seconds(CommandEnd ran) => Math.Round(ran.Duration.TotalSeconds, 3);
}
