namespace Torch.EventStore.Canonical;

/// <summary>Bytes that grow at their end, and can be cut back.</summary>
internal sealed class ByteBuffer
{
    private byte[] _bytes = new byte[512];
    private int _length;

    /// <summary>May be lowered, to write anew from there.</summary>
    public int Length
    {
        get => _length;
        set => _length = value <= _length ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Add(byte value)
    {
        if (_length == _bytes.Length)
            Array.Resize(ref _bytes, _bytes.Length * 2);
        _bytes[_length++] = value;
    }

    public void Add(ReadOnlySpan<byte> values)
    {
        if (_length + values.Length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + values.Length));
        values.CopyTo(_bytes.AsSpan(_length));
        _length += values.Length;
    }
}
