using System.Net;
using Torch.Contracts;

namespace Torch.Probes;

/// <summary>What one probe has seen so far; whatever ends it, the phases reached are in its result.</summary>
internal sealed class ProbeRecording
{
    private readonly RunProbe _run;
    private readonly ProbeContext _context;
    private readonly DateTimeOffset _at;
    private readonly long _started;

    public ProbeRecording(RunProbe run, ProbeContext context)
    {
        _run = run;
        _context = context;
        _at = context.Time.GetUtcNow();
        _started = context.Time.GetTimestamp();
    }

    /// <summary>What the probe is waiting for, in words for a time-out's message.</summary>
    public string Phase { get; set; } = "starting";

    // Each phase adds up: a redirect goes through all of them again.
    public double? ResolveMs { get; private set; }
    public double? ConnectMs { get; private set; }
    public double? TlsMs { get; private set; }
    public double? FirstByteMs { get; private set; }
    public double? TransferMs { get; private set; }

    /// <summary>What counts as the whole duration, where it is not the time from start to end.</summary>
    public double? TotalMs { get; set; }

    public IPAddress? Address { get; set; }
    public Certificate? Certificate { get; set; }
    public int? StatusCode { get; set; }
    public string? HttpVersion { get; set; }
    public IReadOnlyDictionary<string, string>? Headers { get; set; }
    public string? Text { get; set; }
    public long? BodyBytes { get; set; }

    /// <summary>Of a feed.</summary>
    public IReadOnlyList<FeedItem>? Items { get; set; }

    /// <summary>What else was said, by the names that rules use.</summary>
    public Dictionary<string, string> Texts { get; } = new(StringComparer.Ordinal);

    /// <summary>What else was measured, by the names that rules use; durations in milliseconds.</summary>
    public Dictionary<string, double> Measures { get; } = new(StringComparer.Ordinal);

    public void Resolved(long mark) => ResolveMs = MsSince(mark) + (ResolveMs ?? 0);

    public void Connected(long mark) => ConnectMs = MsSince(mark) + (ConnectMs ?? 0);

    public void Encrypted(long mark) => TlsMs = MsSince(mark) + (TlsMs ?? 0);

    /// <summary>From the request's end to the first byte of the answer.</summary>
    public void Answered(long from, long to) => FirstByteMs = MsBetween(from, to) + (FirstByteMs ?? 0);

    public void Transferred(long mark) => TransferMs = MsSince(mark) + (TransferMs ?? 0);

    public long Mark() => _context.Time.GetTimestamp();

    public double MsSince(long mark) => Rounded(_context.Time.GetElapsedTime(mark));

    public double MsBetween(long from, long to) => Rounded(_context.Time.GetElapsedTime(from, to));

    public ProbeCompleted Up() => Completed(ProbeOutcome.Up, null, null);

    public ProbeCompleted Failed(ProbeFault fault) =>
        Completed(fault.Outcome, fault.Cause, StorableText.Cap(fault.Message, 1024));

    private ProbeCompleted Completed(ProbeOutcome outcome, string? cause, string? message) =>
        new(
            Guid.CreateVersion7(_at),
            _run.RunId,
            _run.CheckId,
            _at,
            outcome,
            cause,
            message,
            StatusCode,
            HttpVersion,
            Address?.ToString(),
            new Latency(ResolveMs, ConnectMs, TlsMs, FirstByteMs, TransferMs, TotalMs ?? MsSince(_started)),
            Certificate,
            Headers,
            Text,
            BodyBytes,
            LatenessMs: 0,
            _context.Agent,
            Measures.Count > 0 ? Measures : null,
            Texts.Count > 0 ? Texts : null,
            Items
        );

    // A microsecond is all that a clock across a socket can tell.
    private static double Rounded(TimeSpan elapsed) => Math.Round(Math.Max(0, elapsed.TotalMilliseconds), 3);
}
