using System.CommandLine;

namespace Torch.Cli;

/// <summary>Where a command reads, writes and looks variables up: the process's own streams, or a test's.</summary>
internal sealed class Terminal : InvocationConfiguration
{
    /// <summary>Standard input.</summary>
    public TextReader Input { get; init; } = TextReader.Null;

    /// <summary>Somebody can be asked: standard input is a keyboard.</summary>
    public bool HasPerson { get; init; }

    /// <summary>Standard output is a screen, where lines may be drawn again.</summary>
    public bool OutputIsScreen { get; init; }

    /// <summary>Standard error is a screen.</summary>
    public bool ErrorIsScreen { get; init; }

    /// <summary>Standard output and error byte by byte, for what other programs write; null where only text is taken.</summary>
    public (Stream Output, Stream Error)? Raw { get; init; }

    /// <summary>How many lines and columns a screen has.</summary>
    public Func<(int Rows, int Columns)> Size { get; init; } = static () => (25, 80);

    /// <summary>Looks a variable of the environment up.</summary>
    public Func<string, string?> Variable { get; init; } = static _ => null;

    /// <summary>Colours are wanted: at a screen, unless NO_COLOR is set (no-color.org) or the terminal is dumb.</summary>
    public bool HasColour =>
        OutputIsScreen
        && string.IsNullOrEmpty(Variable("NO_COLOR"))
        && !string.Equals(Variable("TERM"), "dumb", StringComparison.Ordinal);

    /// <summary>The process's own.</summary>
    public static Terminal OfProcess() =>
        new()
        {
            Input = Console.In,
            HasPerson = !Console.IsInputRedirected,
            OutputIsScreen = !Console.IsOutputRedirected,
            ErrorIsScreen = !Console.IsErrorRedirected,
            Raw = (Console.OpenStandardOutput(), Console.OpenStandardError()),
            Size = static () => (Console.WindowHeight, Console.WindowWidth),
            Variable = Environment.GetEnvironmentVariable,
        };

    public Task SayAsync(string line) => Output.WriteLineAsync(line);

    /// <summary>A remark that is no result, on standard error.</summary>
    public Task RemarkAsync(string line) => Error.WriteLineAsync("torch: " + line);
}

internal static class TerminalOfCommand
{
    /// <summary>The terminal that a command was invoked on.</summary>
    public static Terminal Terminal(this ParseResult parsed) =>
        // While a shell asks for completions, nothing was invoked yet.
        parsed.InvocationConfiguration as Terminal
        ?? Cli.Terminal.OfProcess();

    public static Task SayAsync(this ParseResult parsed, string line) => parsed.Terminal().SayAsync(line);
}
