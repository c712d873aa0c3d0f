using System.CommandLine;
using Torch.Cli.Settings;
using Torch.EventStore.Chaining;
using Torch.EventStore.Verifying;

namespace Torch.Cli.Log;

/// <summary><c>torch log verify</c>: whether the log is what it was when it was written, and where it first breaks.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var keys = new Option<string[]>("--public-key")
        {
            Description = "A PEM file of a key whose signatures count too, such as an imported log's. May be repeated.",
        };
        var command = new Command("verify", "Check the whole log. Ends with 1 where anything is wrong.") { keys };
        var options = SettingOptions.AddTo(command.WithJson(), LogCommand.Settings);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var settings = ServeSettings.From(options.Layers(parsed));
                var verify = Options(settings, parsed.GetValue(keys) ?? []);
                await using var database = await LogDatabase.OpenAsync(settings, cancellationToken);
                var report = await new LogVerifier(database.DataSource, verify).RunAsync(cancellationToken);
                await parsed.SayAsync(parsed.IsJson() ? VerifyText.Json(report) : VerifyText.Lines(report));
                return report.IsSound ? ExitCodes.Success : ExitCodes.Failed;
            }
        );
        return command;
    }

    // The public key beside the private one, those of other logs in the same folder (as import leaves them), and what was asked for.
    private static VerifyOptions Options(ServeSettings settings, IReadOnlyList<string> files)
    {
        var keyFile = settings.Server.JournalKey!;
        var folder = Path.GetDirectoryName(keyFile)!;
        var beside = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.pub.pem") : [];
        return new VerifyOptions
        {
            PublicKeys = [.. beside.Concat(files).Select(JournalPublicKey.Read)],
            LastSigned = JournalKey.LastSignedBeside(keyFile).Read(),
        };
    }
}
