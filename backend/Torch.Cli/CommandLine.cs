using System.CommandLine;

namespace Torch.Cli;

/// <summary>Runs a command so that every failure is one line on standard error and an exit code of <see cref="ExitCodes"/>.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(
        RootCommand root,
        IReadOnlyList<string> args,
        Terminal terminal,
        CancellationToken cancellationToken = default
    )
    {
        // Stopping takes as long as it takes: the agent, the server and PostgreSQL each bound it themselves.
        terminal.ProcessTerminationTimeout = null;
        terminal.EnableDefaultExceptionHandler = false;
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not { ClearsParseErrors: true })
            return await FailAsync(
                terminal,
                new(ExitCodes.Settings, parsed.Errors[0].Message + " (torch --help lists what there is)")
            );
        try
        {
            return await parsed.InvokeAsync(terminal, cancellationToken);
        }
        catch (Exception exception) when (Failure.Of(exception) is { } failure)
        {
            return await FailAsync(terminal, failure);
        }
    }

    private static async Task<int> FailAsync(Terminal terminal, Failure failure)
    {
        await terminal.RemarkAsync(failure.Line);
        return failure.ExitCode;
    }
}
