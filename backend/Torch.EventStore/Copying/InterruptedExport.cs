using System.Text.Json;

namespace Torch.EventStore.Copying;

/// <summary>What of an interrupted export can be kept: all up to its last whole event. What stands behind the events is written anew.</summary>
internal static class InterruptedExport
{
    /// <summary>Copies what can be kept.</summary>
    /// <param name="met">Told of every event.</param>
    /// <returns>Its header and last position; null where not even one event was written.</returns>
    /// <exception cref="LogCopyException">The export is finished, or is none.</exception>
    public static (CopyHeader Header, long Position)? Keep(
        string file,
        CopyWriter writer,
        Action<Log, Guid, long, long> met
    )
    {
        using var stream = CopyFile.OpenRead(file);
        var lines = new LineReader(stream);
        try
        {
            return Keep(lines, writer, met);
        }
        catch (FormatException exception)
        {
            throw new LogCopyException($"{file}, line {lines.Number}: {exception.Message}", exception);
        }
    }

    private static (CopyHeader Header, long Position)? Keep(
        LineReader lines,
        CopyWriter writer,
        Action<Log, Guid, long, long> met
    )
    {
        CopyHeader? header = null;
        var front = new List<byte[]>();
        long position = 0;
        while (TryRead(lines, out var line))
        {
            if (CopyJson.Trailer(line) is not null)
                throw new LogCopyException("the export is finished: it has its trailer");
            if (header is null)
                header = CopyJson.Header(line);
            if (line.StartsWith("{\"log\":"u8))
            {
                foreach (var before in front)
                    writer.Line(before);
                front.Clear();
                writer.Event(line);
                position = Meet(line, met);
            }
            else if (position == 0)
                front.Add(line.ToArray());
            else
                break;
        }
        return position > 0 ? (header!, position) : null;
    }

    // A compressed file that was cut off ends in the middle of a block.
    private static bool TryRead(LineReader lines, out ReadOnlySpan<byte> line)
    {
        try
        {
            return lines.TryRead(out line);
        }
        catch (InvalidDataException)
        {
            line = default;
            return false;
        }
    }

    private static long Meet(ReadOnlySpan<byte> line, Action<Log, Guid, long, long> met)
    {
        using var document = JsonDocument.Parse(line.ToArray());
        var (stored, _) = CopyJson.Event(document.RootElement);
        met(stored.Log, stored.StreamId, stored.Version, stored.Micros);
        return stored.Position;
    }
}
