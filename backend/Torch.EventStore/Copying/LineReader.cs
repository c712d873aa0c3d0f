namespace Torch.EventStore.Copying;

/// <summary>The lines of a stream as bytes. A last line without its line feed is not given out: it was cut off.</summary>
internal sealed class LineReader(Stream stream)
{
    private byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;

    /// <summary>Lines given out so far.</summary>
    public long Number { get; private set; }

    /// <summary>The stream ended in the middle of a line.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>The next line without its line feed, valid until the next call; false at the end.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var scanned = 0;
        while (true)
        {
            var index = _buffer.AsSpan(_start + scanned, _end - _start - scanned).IndexOf((byte)'\n');
            if (index >= 0)
            {
                line = _buffer.AsSpan(_start, scanned + index);
                _start += scanned + index + 1;
                Number++;
                return true;
            }
            scanned = _end - _start;
            if (Fill())
                continue;
            IsCutOff = scanned > 0;
            line = default;
            return false;
        }
    }

    private bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var count = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        return count > 0;
    }
}
