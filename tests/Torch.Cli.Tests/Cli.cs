namespace Torch.Cli.Tests;

/// <summary>The command line inside the test's process, on a terminal of the test's own. What needs a process of its own is <see cref="TorchRun"/>'s.</summary>
internal static class Cli
{
    public static readonly System.CommandLine.RootCommand Root = TorchCommand.Create();

    /// <summary>Runs to the end.</summary>
    public static Task<Ended> RunAsync(params string[] arguments) => RunAsync(new Screen(), arguments);

    /// <summary>Runs to the end, with input, variables or a screen of the test's own.</summary>
    public static async Task<Ended> RunAsync(
        Screen screen,
        string[] arguments,
        CancellationToken cancellationToken = default
    )
    {
        var code = await CommandLine.RunAsync(Root, arguments, screen.Terminal, cancellationToken);
        return new(code, screen.Output, screen.Errors);
    }

    /// <summary>Runs to the end and must end so.</summary>
    public static async Task<string> RunAsync(int exitCode, params string[] arguments)
    {
        var ended = await RunAsync(arguments);
        ended.ExitCode.ShouldBe(exitCode, ended.Output + ended.Errors);
        return ended.Output;
    }
}

/// <summary>How a command ended, and what it said.</summary>
internal sealed record Ended(int ExitCode, string Output, string Errors);
