using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using FluentValidation;
using Torch.Contracts;
using Torch.Server.Agents;
using Torch.Server.Http;

namespace Torch.Server.Features.Agents;

internal static class PostResults
{
    // What a target sent may hold anything, so texts are made storable afterwards and refuse no delivery; numbers are strict.
    public static readonly JsonSerializerOptions Json = Lenient();

    /// <summary>Deliver results.</summary>
    /// <remarks>With an agent's key only. Answered once they are durable; what comes again is in the log once. Up to 10 MiB, also when unpacked (<c>Content-Encoding: gzip</c>).</remarks>
    /// <param name="epoch">Of the session.</param>
    public static async Task<ResultsTaken> Handle(
        long epoch,
        HttpContext http,
        DeliveryValidator validator,
        SelfAgents self,
        AgentLink agents
    )
    {
        var agent = await self.DelivererAsync(http, epoch);
        if (!http.Request.HasJsonContentType())
            throw new FaultException(Fault.UnsupportedMediaType("application/json"));
        var delivery = RequestBody.Parse<ResultDelivery>(await ReadAsync(http), Json);
        Validation.Check(validator, delivery);
        // Read whole, it is stored, also where the agent hangs up: it asks again, and learns where its spool stands.
        return new(await agents.DeliverAsync(agent, delivery, CancellationToken.None));
    }

    private static async Task<byte[]> ReadAsync(HttpContext http)
    {
        var packed = await http.ReadBytesAsync(BodyLimits.BatchBytes);
        return http.Request.Headers.ContentEncoding.ToString().ToLowerInvariant() switch
        {
            "" or "identity" => packed,
            "gzip" => Unpacked(packed),
            _ => throw new FaultException(new Fault(415, "unsupported_encoding", "The body may be gzipped, or plain.")),
        };
    }

    private static byte[] Unpacked(byte[] packed)
    {
        try
        {
            using var source = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            using var unpacked = new MemoryStream();
            var buffer = new byte[64 * 1024];
            for (var read = source.Read(buffer); read > 0; read = source.Read(buffer))
            {
                unpacked.Write(buffer, 0, read);
                if (unpacked.Length > BodyLimits.BatchBytes)
                    throw new FaultException(Fault.TooLarge(BodyLimits.BatchBytes));
            }
            return unpacked.ToArray();
        }
        catch (InvalidDataException)
        {
            throw new FaultException(Fault.Malformed("", "the body is not gzip"));
        }
    }

    private static JsonSerializerOptions Lenient()
    {
        var options = new JsonSerializerOptions(ApiJson.Input)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        };
        options.Converters.Remove(options.Converters.Single(c => c is SoundStringConverter));
        return options;
    }
}

/// <summary>The frame of a delivery; each result is looked at where it is taken.</summary>
internal sealed class DeliveryValidator : AbstractValidator<ResultDelivery>
{
    private const int MostResults = 5_000;
    private static readonly DateTimeOffset Earliest = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public DeliveryValidator(TimeProvider time)
    {
        RuleFor(d => d.SpoolId).NotEqual(Guid.Empty).WithMessage("must be the id of a spool");
        RuleFor(d => d.From).GreaterThanOrEqualTo(0).WithMessage("must not be negative");
        RuleFor(d => d.To).GreaterThan(d => d.From).WithMessage("must be after \"from\"");
        RuleFor(d => d.Results).Must(r => r.Count <= MostResults).WithMessage($"at most {MostResults} results");
        RuleFor(d => d.Gaps).Must(g => g.Count <= MostResults).WithMessage($"at most {MostResults} gaps");
        RuleForEach(d => d.Gaps)
            .Must(g => g.From >= Earliest && g.From <= g.To && g.To <= time.GetUtcNow().AddMinutes(5))
            .WithMessage("begins after 2020, ends after its beginning, and not in the future")
            .Must(g => g.Results >= 0 && g.Reason is { Length: > 0 and <= 100 } && !g.Reason.Contains('\0'))
            .WithMessage("has a number of results and a reason of at most 100 characters");
    }
}
