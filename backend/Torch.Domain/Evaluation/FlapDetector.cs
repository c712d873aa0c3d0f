using Torch.Domain.Rules;

namespace Torch.Domain.Evaluation;

/// <summary>Watches the last 20 results of a node; see <see cref="FlappingLimits"/>. A leaf's results are its observations; a group, which has none, is looked at once a minute.</summary>
internal sealed class FlapDetector
{
    private const int Results = 20;
    private const uint All = (1u << Results) - 1;

    /// <summary>Newest result in the lowest bit; 1 is a change.</summary>
    public uint Changes { get; set; }

    /// <summary>The rank of the last result; -1 before the first.</summary>
    public int Last { get; set; } = -1;

    /// <summary>The minute of the newest result; groups only.</summary>
    public long Minute { get; set; }

    public bool IsFlapping { get; set; }

    /// <summary>A leaf's observation was judged.</summary>
    public void Note(int status, FlappingLimits limits)
    {
        Changes = (Changes << 1) & All;
        Look(status, limits);
    }

    /// <summary>A group was judged. Answers when it will cease to flap if nothing happens any more.</summary>
    public long NoteAt(int status, DateTimeOffset now, FlappingLimits limits)
    {
        // What comes late belongs to the minute that was looked at last.
        var minute = Math.Max(Minute, now.UtcTicks / TimeSpan.TicksPerMinute);
        var past = minute - Minute;
        (Minute, Changes) = (minute, past >= Results ? 0 : (Changes << (int)past) & All);
        Look(status, limits);
        if (!IsFlapping)
            return long.MaxValue;
        var quiet = 1;
        while (Share(Changes << quiet) > limits.Stop * 10)
            quiet++;
        return (minute + quiet) * TimeSpan.TicksPerMinute;
    }

    private void Look(int status, FlappingLimits limits)
    {
        if (Last >= 0 && Last != status)
            Changes |= 1;
        Last = status;
        IsFlapping = Share(Changes) > (IsFlapping ? limits.Stop : limits.Start) * 10;
    }

    // Tenths of a percent: 100 * (0.8 + 0.02 i) / 20 for each change, oldest first, is 4 + 0.1 i percent.
    private static int Share(uint changes)
    {
        var share = 0;
        for (var i = 0; i < Results; i++)
            if ((changes & (1u << (Results - 1 - i))) != 0)
                share += 40 + i;
        return share;
    }
}
