using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Torch.EventStore.Canonical;

/// <summary>
/// One spelling for each JSON value (RFC 8785): members in the order of their names' UTF-16 code units, numbers as ECMAScript writes
/// doubles, no white space. What PostgreSQL's <c>jsonb</c> gives back has another order and keeps the zeros of 1.50.
/// </summary>
public static class CanonicalJson
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 512 };

    /// <exception cref="FormatException">It is no JSON, repeats a name, or holds a number beyond double or a lone surrogate.</exception>
    public static byte[] Of(ReadOnlySpan<byte> json)
    {
        var output = new ByteBuffer();
        Write(json, output);
        return output.Written.ToArray();
    }

    internal static void Write(ReadOnlySpan<byte> json, ByteBuffer output)
    {
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            reader.Read();
            Value(ref reader, output);
            if (reader.Read())
                throw new FormatException("More than one JSON value");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The reader tells of a lone surrogate by an InvalidOperationException.
            throw new FormatException("Not JSON that has a canonical form: " + exception.Message, exception);
        }
    }

    internal static void WriteString(string text, ByteBuffer output)
    {
        output.Add((byte)'"');
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
            if (Escape(rune.Value) is { } escape)
                output.Add(escape);
            else
                output.Add(utf8[..rune.EncodeToUtf8(utf8)]);
        output.Add((byte)'"');
    }

    private static void Value(ref Utf8JsonReader reader, ByteBuffer output)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                Object(ref reader, output);
                break;
            case JsonTokenType.StartArray:
                Array(ref reader, output);
                break;
            case JsonTokenType.String:
                String(ref reader, output);
                break;
            case JsonTokenType.Number:
                CanonicalNumber.Write(reader.ValueSpan, output);
                break;
            default:
                output.Add(reader.ValueSpan);
                break;
        }
    }

    private static void Object(ref Utf8JsonReader reader, ByteBuffer output)
    {
        var members = new List<Member>();
        output.Add((byte)'{');
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (members.Count > 0)
                output.Add((byte)',');
            var start = output.Length;
            var name = reader.GetString()!;
            String(ref reader, output);
            output.Add((byte)':');
            reader.Read();
            Value(ref reader, output);
            members.Add(new Member(name, start, output.Length - start));
        }
        Member.Sort(members, output);
        output.Add((byte)'}');
    }

    private static void Array(ref Utf8JsonReader reader, ByteBuffer output)
    {
        var first = true;
        output.Add((byte)'[');
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!first)
                output.Add((byte)',');
            first = false;
            Value(ref reader, output);
        }
        output.Add((byte)']');
    }

    private static void String(ref Utf8JsonReader reader, ByteBuffer output)
    {
        if (reader.ValueIsEscaped)
        {
            WriteString(reader.GetString()!, output);
            return;
        }
        // Without an escape in it, it holds nothing that needs one.
        output.Add((byte)'"');
        output.Add(reader.ValueSpan);
        output.Add((byte)'"');
    }

    private static byte[]? Escape(int rune) =>
        rune switch
        {
            '"' => "\\\""u8.ToArray(),
            '\\' => "\\\\"u8.ToArray(),
            '\b' => "\\b"u8.ToArray(),
            '\t' => "\\t"u8.ToArray(),
            '\n' => "\\n"u8.ToArray(),
            '\f' => "\\f"u8.ToArray(),
            '\r' => "\\r"u8.ToArray(),
            < 0x20 => Encoding.ASCII.GetBytes($"\\u{rune:x4}"),
            _ => null,
        };

    /// <summary>Where a member of an object stands in the output.</summary>
    private readonly record struct Member(string Name, int Start, int Length)
    {
        public static void Sort(List<Member> members, ByteBuffer output)
        {
            if (members.Count < 2)
                return;
            var sorted = members.OrderBy(m => m.Name, StringComparer.Ordinal).ToList();
            for (var i = 1; i < sorted.Count; i++)
                if (string.Equals(sorted[i - 1].Name, sorted[i].Name, StringComparison.Ordinal))
                    throw new FormatException($"The name {sorted[i].Name} is repeated");
            if (!sorted.SequenceEqual(members))
                Rearrange(sorted, members[0].Start, output);
        }

        private static void Rearrange(List<Member> sorted, int start, ByteBuffer output)
        {
            var length = output.Length - start;
            var before = ArrayPool<byte>.Shared.Rent(length);
            output.Written[start..].CopyTo(before);
            output.Length = start;
            foreach (var member in sorted)
            {
                if (output.Length > start)
                    output.Add((byte)',');
                output.Add(before.AsSpan(member.Start - start, member.Length));
            }
            ArrayPool<byte>.Shared.Return(before);
        }
    }
}
