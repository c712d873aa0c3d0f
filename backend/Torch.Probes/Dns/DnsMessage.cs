using System.Buffers.Binary;
using System.Text;

namespace Torch.Probes.Dns;

/// <summary>One answer of a message, of any type.</summary>
/// <param name="Text">As a zone file would write its data, without the dot at the end of names.</param>
/// <param name="Ttl">Seconds.</param>
internal sealed record DnsRecord(int Type, uint Ttl, string Text);

/// <summary>What a name server answered.</summary>
/// <param name="IsCut">There is more than fits into a datagram.</param>
internal sealed record DnsAnswer(int Rcode, bool IsCut, IReadOnlyList<DnsRecord> Records);

/// <summary>Messages of RFC 1035: the question that Torch asks, and the answer to it. Written here because no library was to be had.</summary>
internal static class DnsMessage
{
    private const int HeaderBytes = 12;
    private const int ClassInternet = 1;

    /// <exception cref="ProbeFault">The name cannot be asked for.</exception>
    public static byte[] Question(ushort id, string name, int type)
    {
        var message = new List<byte>(64) { (byte)(id >> 8), (byte)id };
        // A standard query with recursion wanted, one question and nothing else.
        message.AddRange([1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
        foreach (var label in name.TrimEnd('.').Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (label.Length > 63)
                throw ProbeFault.Local($"The name {name} cannot be asked for.");
            message.Add((byte)label.Length);
            message.AddRange(Encoding.ASCII.GetBytes(label));
        }
        message.AddRange([0, (byte)(type >> 8), (byte)type, 0, ClassInternet]);
        return message.Count <= HeaderBytes + 255 + 4 ? [.. message] : throw ProbeFault.Local($"{name} is too long.");
    }

    /// <summary>Whether a message answers a question: the same id, and the same name, type and class repeated.</summary>
    public static bool Answers(ReadOnlySpan<byte> message, ReadOnlySpan<byte> question)
    {
        if (message.Length < HeaderBytes || !message[..2].SequenceEqual(question[..2]) || (message[2] & 0x80) == 0)
            return false;
        // Some servers leave the question out where they refuse it.
        if (BinaryPrimitives.ReadUInt16BigEndian(message[4..]) == 0)
            return (message[3] & 0x0f) != 0;
        var asked = question[HeaderBytes..];
        return message.Length >= HeaderBytes + asked.Length
            && Ascii.EqualsIgnoreCase(message.Slice(HeaderBytes, asked.Length), asked);
    }

    /// <exception cref="ProbeFault">It is not a message as RFC 1035 has it.</exception>
    public static DnsAnswer Read(ReadOnlySpan<byte> message)
    {
        var reader = new DnsReader(message) { At = HeaderBytes };
        try
        {
            var questions = BinaryPrimitives.ReadUInt16BigEndian(message[4..]);
            var answers = BinaryPrimitives.ReadUInt16BigEndian(message[6..]);
            for (var i = 0; i < questions; i++)
                reader.SkipQuestion();
            var isCut = (message[2] & 2) != 0;
            var records = new List<DnsRecord>();
            for (var i = 0; i < answers && !(isCut && reader.IsAtEnd); i++)
                records.Add(reader.Record());
            return new DnsAnswer(message[3] & 0x0f, isCut, records);
        }
        catch (Exception fault) when (fault is ArgumentException or IndexOutOfRangeException or InvalidDataException)
        {
            throw new ProbeFault(Causes.Protocol, "The answer is not a valid DNS message.", fault);
        }
    }
}
