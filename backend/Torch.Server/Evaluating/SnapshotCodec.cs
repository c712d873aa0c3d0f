using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Torch.Contracts.Json;
using Torch.Domain.Maintenance;
using Torch.Domain.Rules;
using Torch.Server.Events;

namespace Torch.Server.Evaluating;

/// <summary>An evaluator's state as bytes: gzipped JSON, whose checksum finds damage. Values are written as events write them.</summary>
internal static class SnapshotCodec
{
    /// <summary>Raise it when a saved member comes to mean something else, or when the evaluator would reach another state from the same log. Older ones are then ignored.</summary>
    public const int Format = 11;

    /// <summary>The oldest that can still be read, for where the events behind it are gone. A member that came later is as it is before anything brought it about.</summary>
    public const int Oldest = 7;

    public static byte[] Encode(SavedEvaluation saved)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest))
            JsonSerializer.Serialize(zip, saved, SnapshotJson.Default.SavedEvaluation);
        return bytes.ToArray();
    }

    /// <exception cref="JsonException">It is no snapshot.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="NotSupportedException">It is of a format that nobody reads any more.</exception>
    public static SavedEvaluation Decode(byte[] data, int format = Format)
    {
        if (format is < Oldest or > Format)
            throw new NotSupportedException($"snapshots of format {format} are not read");
        using var zip = new GZipStream(new MemoryStream(data), CompressionMode.Decompress);
        using var json = new MemoryStream(data.Length * 10);
        zip.CopyTo(json);
        // Read whole: from a stream, the reader would have to be able to stop at any byte, which costs it half as much again.
        return JsonSerializer.Deserialize(
                json.GetBuffer().AsSpan(0, (int)json.Length),
                SnapshotJson.Default.SavedEvaluation
            ) ?? throw new JsonException("a snapshot is not null");
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(Iso8601DurationConverter),
        typeof(UtcConverter),
        typeof(CamelCaseEnumConverter<Domain.Checks.CheckKind>),
        typeof(CamelCaseEnumConverter<MatchPolicy>),
        typeof(CamelCaseEnumConverter<MaintenanceKind>),
        typeof(ConditionConverter),
        typeof(RollUpConverter),
    ]
)]
[JsonSerializable(typeof(SavedEvaluation))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
