using System.Globalization;
using Torch.Contracts;
using Torch.Server.Http;

namespace Torch.Server.Features.Pushes;

/// <summary>Uptime Kuma's push: <c>/api/push/{token}?status=up&amp;msg=OK&amp;ping=12.3</c>.</summary>
internal static class PushKuma
{
    private const double MostMilliseconds = 1e11;

    /// <summary>Push as to Uptime Kuma.</summary>
    /// <remarks>
    /// <c>GET</c> does the same. Without a status it is <c>up</c>, with any other than <c>up</c> it is <c>down</c>; <c>ping</c> is milliseconds and becomes
    /// the report's value. Every refusal is 404, as Uptime Kuma has it; while Torch cannot store anything it is 503.
    /// </remarks>
    /// <param name="token">A push key's, which opens one source.</param>
    /// <response code="200">Durable.</response>
    /// <response code="404">Refused: <c>msg</c> says why.</response>
    public static async Task<IResult> Handle(
        string token,
        string? status,
        string? msg,
        string? ping,
        HttpContext http,
        PushKeys keys,
        Ingest ingest
    )
    {
        if (await keys.FindAsync(token, http) is not { Source: { } source })
            return Refused("No push monitor has this token.");
        var value = PushText.LeadingNumber(ping);
        if (value is < 0 or > MostMilliseconds || !double.IsFinite(value ?? 0))
            return Refused(
                string.Create(CultureInfo.InvariantCulture, $"A ping is 0 to {MostMilliseconds:0} milliseconds.")
            );
        var verdict = string.IsNullOrEmpty(status) || status == "up" ? "up" : "down";
        await ingest.PushAsync(new ReportRequest(source, value, verdict, PushText.Clean(msg) ?? "OK"));
        return new WrittenJson<KumaAnswer>(new(true), StatusCodes.Status200OK);
    }

    private static WrittenJson<KumaAnswer> Refused(string why) => new(new(false, why), StatusCodes.Status404NotFound);
}
