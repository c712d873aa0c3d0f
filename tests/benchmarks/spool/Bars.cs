using System.Globalization;

namespace Torch.Benchmarks.Spool;

/// <summary>Prints figures beside what they must reach.</summary>
internal sealed class Bars
{
    /// <summary>How many figures were not reached.</summary>
    public int Missed { get; private set; }

    public void AtLeast(string what, double bar, double figure) => Say(what, figure >= bar, "at least", bar, figure);

    public void Below(string what, double bar, double figure) => Say(what, figure < bar, "below", bar, figure);

    public static void Note(FormattableString text) =>
        Console.WriteLine("     " + text.ToString(CultureInfo.InvariantCulture));

    private void Say(string what, bool holds, string word, double bar, double figure)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{(holds ? "ok  " : "MISS")} {what}: {figure:#,0.##} ({word} {bar:#,0.##})"
        );
        Console.WriteLine(line);
        Missed += holds ? 0 : 1;
    }
}
