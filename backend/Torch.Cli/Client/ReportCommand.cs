using System.CommandLine;

namespace Torch.Cli.Client;

/// <summary><c>torch report backup/db1 42</c>: a report from a script.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var source = new Argument<string>("source") { Description = "Who reports, such as backup/db1." };
        var value = new Argument<double?>("value") { Description = "A number.", Arity = ArgumentArity.ZeroOrOne };
        var status = new Option<string?>("--status")
        {
            Description = "The reporter's own verdict, such as up or down.",
        };
        var message = new Option<string?>("--message") { Description = "A sentence for people." };
        var server = ApiClient.Server();
        var command = new Command("report", "Send one report.") { source, value, status, message, server };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = ApiClient.For(parsed.GetValue(server));
                var body = new Dictionary<string, object?>
                {
                    ["source"] = parsed.GetValue(source),
                    ["value"] = parsed.GetValue(value),
                    ["status"] = parsed.GetValue(status),
                    ["message"] = parsed.GetValue(message),
                };
                var given = body.Where(m => m.Value is not null).ToDictionary();
                var answer = await client.PostAsync("/api/v1/reports", given, cancellationToken);
                await Console.Out.WriteLineAsync("stored at position " + answer.GetProperty("position"));
                return ExitCodes.Success;
            }
        );
        return command;
    }
}
