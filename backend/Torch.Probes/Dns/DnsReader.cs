using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace Torch.Probes.Dns;

/// <summary>Reads a message from front to back. What reaches past its end throws, as spans do.</summary>
internal ref struct DnsReader(ReadOnlySpan<byte> message)
{
    // A name has at most 255 bytes, so at most 127 labels; pointers may only lead back, so that no loop is endless.
    private const int MaxName = 255;

    private readonly ReadOnlySpan<byte> _message = message;

    public int At { get; set; }

    public readonly bool IsAtEnd => At >= _message.Length;

    public void SkipQuestion()
    {
        Name();
        At += 4;
    }

    public DnsRecord Record()
    {
        Name();
        var type = Number16();
        At += 2;
        var ttl = Number32();
        var length = Number16();
        var end = At + length;
        Demand(end <= _message.Length);
        var text = Data(type, end);
        At = end;
        return new DnsRecord(type, ttl, text);
    }

    private string Data(int type, int end) =>
        type switch
        {
            DnsTypes.A or DnsTypes.Aaaa => new IPAddress(_message[At..end]).ToString(),
            DnsTypes.Cname or DnsTypes.Ns or DnsTypes.Ptr => Name(),
            DnsTypes.Mx => $"{Number16()} {Name()}",
            DnsTypes.Txt => Texts(end),
            DnsTypes.Soa => $"{Name()} {Name()} {Number32()} {Number32()} {Number32()} {Number32()} {Number32()}",
            DnsTypes.Srv => $"{Number16()} {Number16()} {Number16()} {Name()}",
            DnsTypes.Caa => Caa(end),
            _ => Convert.ToHexStringLower(_message[At..end]),
        };

    // RFC 8659, 4.1: flags, a tag with its length, a value to the end.
    private string Caa(int end)
    {
        var flags = _message[At++];
        var tag = CharacterString();
        return $"{flags} {tag} \"{Encoding.UTF8.GetString(_message[At..end])}\"";
    }

    // A long text comes in pieces of at most 255 bytes, which belong together.
    private string Texts(int end)
    {
        var text = new StringBuilder();
        while (At < end)
            text.Append(CharacterString());
        return text.ToString();
    }

    private string CharacterString()
    {
        var length = _message[At];
        var text = Encoding.UTF8.GetString(_message.Slice(At + 1, length));
        At += 1 + length;
        return text;
    }

    private string Name()
    {
        var name = new StringBuilder();
        var (at, limit, hasJumped) = (At, At, false);
        for (var length = _message[at]; length != 0; length = _message[at])
        {
            if ((length & 0xc0) == 0xc0)
            {
                var target = ((length & 0x3f) << 8) | _message[at + 1];
                Demand(target < limit);
                if (!hasJumped)
                    At = at + 2;
                (at, limit, hasJumped) = (target, target, true);
                continue;
            }
            Demand(length <= 63);
            name.Append(name.Length == 0 ? "" : ".").Append(Label(_message.Slice(at + 1, length)));
            Demand(name.Length <= MaxName * 4);
            at += 1 + length;
        }
        if (!hasJumped)
            At = at + 1;
        return name.Length == 0 ? "." : name.ToString();
    }

    // RFC 1035, 5.1: what is no printable character stands as \DDD, and a dot inside a label as \.
    private static string Label(ReadOnlySpan<byte> label)
    {
        var text = new StringBuilder(label.Length);
        foreach (var b in label)
            _ = b switch
            {
                (byte)'.' or (byte)'\\' => text.Append('\\').Append((char)b),
                > 32 and < 127 => text.Append((char)b),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\{b:000}"),
            };
        return text.ToString();
    }

    private static void Demand(bool holds)
    {
        if (!holds)
            throw new InvalidDataException("no DNS message");
    }

    private int Number16()
    {
        var number = BinaryPrimitives.ReadUInt16BigEndian(_message[At..]);
        At += 2;
        return number;
    }

    private uint Number32()
    {
        var number = BinaryPrimitives.ReadUInt32BigEndian(_message[At..]);
        At += 4;
        return number;
    }
}
