namespace Torch.Cli.Tests;

/// <summary>A terminal that remembers what was written; without a person and without a screen unless said otherwise.</summary>
internal sealed class Screen
{
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _errors = new() { NewLine = "\n" };

    public Screen(
        string input = "",
        bool hasPerson = false,
        bool isScreen = false,
        params (string Name, string Value)[] variables
    )
    {
        var environment = variables.ToDictionary(v => v.Name, v => v.Value);
        Terminal = new Terminal
        {
            Input = new StringReader(input),
            HasPerson = hasPerson,
            OutputIsScreen = isScreen,
            ErrorIsScreen = isScreen,
            Variable = environment.GetValueOrDefault,
            // Of the trees of all tests none is left out for want of space.
            Size = static () => (1_000, 80),
            Output = TextWriter.Synchronized(_output),
            Error = TextWriter.Synchronized(_errors),
        };
    }

    public Terminal Terminal { get; }

    public string Output => Read(_output, Terminal.Output);

    public string Errors => Read(_errors, Terminal.Error);

    // A synchronized writer is its own lock.
    private static string Read(StringWriter text, TextWriter guard)
    {
        lock (guard)
            return text.ToString();
    }
}
