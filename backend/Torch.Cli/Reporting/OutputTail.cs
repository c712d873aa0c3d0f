using System.Text;

namespace Torch.Cli.Reporting;

/// <summary>The last bytes that a command wrote, to either of its streams, in the order in which they came.</summary>
internal sealed class OutputTail(int mostBytes)
{
    private readonly Lock _lock = new();
    private readonly byte[] _ring = new byte[mostBytes];
    private long _written;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (bytes.Length > mostBytes)
            {
                _written += bytes.Length - mostBytes;
                bytes = bytes[^mostBytes..];
            }
            foreach (var b in bytes)
                _ring[_written++ % mostBytes] = b;
        }
    }

    /// <summary>As text: from a whole line on where something was cut off, without control characters.</summary>
    public string Text()
    {
        byte[] bytes;
        bool isCut;
        lock (_lock)
        {
            var length = (int)Math.Min(_written, mostBytes);
            bytes = [.. Enumerable.Range(0, length).Select(i => _ring[(_written - length + i) % mostBytes])];
            isCut = _written > mostBytes;
        }
        var start = isCut ? Array.IndexOf(bytes, (byte)'\n') + 1 : 0;
        var text = Encoding.UTF8.GetString(bytes.AsSpan(start));
        return string.Concat(text.Where(c => c is '\n' or '\t' || !char.IsControl(c))).TrimEnd();
    }
}
