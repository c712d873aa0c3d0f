using System.Text.Json;
using System.Text.Json.Serialization;
using Torch.Contracts;

namespace Torch.Agent.Spool;

/// <summary>One result as it stands in the file. Its checksum covers all of it, its place included.</summary>
internal sealed record SpoolRecord(
    long Offset,
    Guid SpoolId,
    Guid CheckId,
    DateTimeOffset At,
    bool IsGood,
    ReadOnlyMemory<byte> Body
)
{
    public static SpoolRecord Of(long offset, Guid spoolId, ProbeCompleted result) =>
        new(
            offset,
            spoolId,
            result.CheckId,
            result.At,
            result.Outcome == ProbeOutcome.Up,
            JsonSerializer.SerializeToUtf8Bytes(result, SpoolJson.Default.ProbeCompleted)
        );

    public uint Checksum =>
        new Checksum().Add(Offset).Add(SpoolId).Add(CheckId).Add(At.UtcTicks).Add(IsGood ? 1 : 0).Add(Body.Span).Value;

    /// <summary>Null where it was written by a version that this one cannot read.</summary>
    public ProbeCompleted? Result()
    {
        try
        {
            return JsonSerializer.Deserialize(Body.Span, SpoolJson.Default.ProbeCompleted);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals
)]
[JsonSerializable(typeof(ProbeCompleted))]
internal sealed partial class SpoolJson : JsonSerializerContext;
