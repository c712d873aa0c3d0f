using System.CommandLine;
using Torch.Cli.Settings;

namespace Torch.Cli.Client;

/// <summary>What cannot be taken back is asked first.</summary>
internal static class Confirmation
{
    public static Option<bool> Yes() => new("--yes", "-y") { Description = "Do not ask." };

    /// <summary>Whether to go on.</summary>
    /// <exception cref="SettingException">Nobody can be asked, and <c>--yes</c> was not given.</exception>
    public static async Task<bool> AskAsync(
        Terminal terminal,
        string question,
        bool isYes,
        CancellationToken cancellationToken
    )
    {
        if (isYes)
            return true;
        if (!terminal.HasPerson)
            throw new SettingException($"{question} Nobody can be asked here: say --yes");
        await terminal.Error.WriteAsync(question + " [y/N] ");
        await terminal.Error.FlushAsync(cancellationToken);
        var answer = await terminal.Input.ReadLineAsync(cancellationToken);
        return answer?.Trim().ToUpperInvariant() is "Y" or "YES";
    }
}
