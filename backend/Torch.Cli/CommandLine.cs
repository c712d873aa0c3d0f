using System.CommandLine;

namespace Torch.Cli;

/// <summary>Runs a command so that every failure is one line on standard error and an exit code of <see cref="ExitCodes"/>.</summary>
internal static class CommandLine
{
    // Stopping takes as long as it takes: the agent, the server and PostgreSQL each bound it themselves.
    private static readonly InvocationConfiguration Configuration = new()
    {
        ProcessTerminationTimeout = null,
        EnableDefaultExceptionHandler = false,
    };

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
            return await FailAsync(
                new(ExitCodes.Settings, parsed.Errors[0].Message + " (torch --help lists what there is)")
            );
        try
        {
            return await parsed.InvokeAsync(Configuration);
        }
        catch (Exception exception) when (Failure.Of(exception) is { } failure)
        {
            return await FailAsync(failure);
        }
    }

    private static async Task<int> FailAsync(Failure failure)
    {
        await Console.Error.WriteLineAsync("torch: " + failure.Line);
        return failure.ExitCode;
    }
}
