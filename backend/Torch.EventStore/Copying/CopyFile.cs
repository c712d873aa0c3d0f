using System.IO.Compression;
using System.Security.Cryptography;

namespace Torch.EventStore.Copying;

/// <summary>The files of exports: <c>-</c> is standard input or output, <c>.gz</c> is compressed.</summary>
internal static class CopyFile
{
    private const int BufferSize = 1024 * 1024;

    public static bool IsPipe(string file) => file == "-";

    public static Stream OpenRead(string file)
    {
        if (IsPipe(file))
            return Console.OpenStandardInput();
        try
        {
            var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize);
            return IsCompressed(file) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LogCopyException($"{file} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Makes a file that must not be there yet.</summary>
    public static Stream Create(string file, bool replace, bool isCompressed)
    {
        if (IsPipe(file))
            return new BufferedStream(Console.OpenStandardOutput(), BufferSize);
        try
        {
            var mode = replace ? FileMode.Create : FileMode.CreateNew;
            var stream = new FileStream(file, mode, FileAccess.Write, FileShare.Read, BufferSize);
            return isCompressed
                ? new BufferedStream(new GZipStream(stream, CompressionLevel.Fastest), BufferSize)
                : stream;
        }
        catch (IOException) when (!replace && File.Exists(file))
        {
            throw new LogCopyException(
                $"{file} is there already: choose another name, or --resume an export that was interrupted"
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LogCopyException($"{file} cannot be written: {exception.Message}", exception);
        }
    }

    public static bool IsCompressed(string file) => file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a whole file before anything is done with it: its trailer must be there and its hash must hold.</summary>
    /// <exception cref="LogCopyException">It was interrupted, changed, or is something else.</exception>
    public static void Check(string file)
    {
        using var stream = OpenRead(file);
        var lines = new LineReader(stream);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            while (lines.TryRead(out var line))
            {
                if (CopyJson.Trailer(line) is { } trailer)
                {
                    Compare(file, trailer, hash.GetCurrentHash());
                    return;
                }
                hash.AppendData(line);
                hash.AppendData("\n"u8);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException)
        {
            throw new LogCopyException($"{file}, line {lines.Number + 1}: {exception.Message}", exception);
        }
        throw new LogCopyException(
            $"{file} has no trailer: its export was interrupted; finish it with torch log export --resume"
        );
    }

    public static void Compare(string file, CopyTrailer trailer, byte[] hash)
    {
        if (!string.Equals(trailer.Sha256, Convert.ToHexStringLower(hash), StringComparison.Ordinal))
            throw new LogCopyException(
                $"{file} was changed after it had been written: its SHA-256 is not what its trailer says"
            );
    }
}
