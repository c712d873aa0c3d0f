using System.Text;

namespace Torch.Testing;

/// <summary>Enough of protobuf's wire format to follow fields by their numbers.</summary>
internal static class Protobuf
{
    /// <summary>The texts at a path of field numbers.</summary>
    public static IEnumerable<string> Texts(byte[] message, params int[] path) =>
        path.Aggregate<int, IEnumerable<byte[]>>([message], (found, field) => found.SelectMany(m => Fields(m, field)))
            .Select(Encoding.UTF8.GetString);

    private static List<byte[]> Fields(byte[] message, int wanted)
    {
        var found = new List<byte[]>();
        for (var at = 0; at < message.Length; )
        {
            var tag = Number(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    Number(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 5:
                    at += 4;
                    break;
                case 2:
                    var length = (int)Number(message, ref at);
                    if ((int)(tag >> 3) == wanted)
                        found.Add(message[at..(at + length)]);
                    at += length;
                    break;
                default:
                    throw new InvalidDataException($"wire type {tag & 7}");
            }
        }
        return found;
    }

    private static ulong Number(byte[] message, ref int at)
    {
        var number = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            number |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return number;
        }
    }
}
