using System.Globalization;
using System.Net;
using System.Text;
using Torch.Domain.Statuses;
using Torch.Server.Auth;
using Torch.Server.Evaluating;
using Torch.Server.Http;

namespace Torch.Server.Features.StatusPages;

/// <summary>Small pictures for READMEs and dashboards: of nodes that a published page shows, or for who may read.</summary>
internal static class Badges
{
    private const int MostDays = 366;
    private const int Character = 7;

    /// <summary>A node's status as a badge.</summary>
    /// <remarks>Open to everybody where a published status page shows the node.</remarks>
    /// <param name="label">The left half; <c>status</c> where absent.</param>
    public static async Task<IResult> Status(
        Guid node,
        string? label,
        HttpContext http,
        PublicReading reading,
        IEvaluation evaluation,
        CancellationToken cancellationToken
    )
    {
        var (status, _) = await FindAsync(node, 1, http, reading, cancellationToken);
        return Picture(Left(label, "status"), status, ColorOf(status, evaluation.Statuses));
    }

    /// <summary>A node's availability as a badge.</summary>
    /// <remarks>Open to everybody where a published status page shows the node.</remarks>
    /// <param name="days">1 to 366; 30 where absent.</param>
    /// <param name="label">The left half; <c>uptime 30d</c> where absent.</param>
    public static async Task<IResult> Uptime(
        Guid node,
        int? days,
        string? label,
        HttpContext http,
        PublicReading reading,
        CancellationToken cancellationToken
    )
    {
        var asked = days ?? 30;
        if (asked is < 1 or > MostDays)
            throw new FaultException(Fault.Invalid("days", $"must be from 1 to {MostDays}"));
        var (_, uptime) = await FindAsync(node, asked, http, reading, cancellationToken);
        var text = uptime is { } share ? share.ToString("0.00", CultureInfo.InvariantCulture) + "%" : "no data";
        var color = uptime switch
        {
            null => "#6b7480",
            >= 99.9m => "#1b7f46",
            >= 95m => "#8a5a00",
            _ => "#b3261e",
        };
        return Picture(Left(label, $"uptime {asked}d"), text, color);
    }

    private static async Task<NodeNow> FindAsync(
        Guid node,
        int days,
        HttpContext http,
        PublicReading reading,
        CancellationToken ct
    )
    {
        var mayRead = http.ReadsAll();
        if (await reading.NodeAsync(node, mayRead, days, ct) is not var (found, isPublic))
            throw new FaultException(Fault.NotFound("badge"));
        // What only some may see must not stay where others fetch it.
        http.Response.Headers.CacheControl = isPublic ? "public, max-age=30" : "private, no-store";
        return found;
    }

    private static string Left(string? label, string otherwise) =>
        string.IsNullOrWhiteSpace(label) ? otherwise
        : label.Length > 50 ? label[..50]
        : label;

    private static string ColorOf(string status, StatusCatalog statuses) =>
        statuses.Find(status)?.Available switch
        {
            true when status == StatusCatalog.Up => "#1b7f46",
            true => "#8a5a00",
            false => "#b3261e",
            null => "#6b7480",
        };

    private static IResult Picture(string left, string right, string color)
    {
        var (a, b) = ((left.Length * Character) + 12, (right.Length * Character) + 12);
        var (l, r) = (Safe(left), Safe(right));
        var svg = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{a
                + b}" height="20" role="img" aria-label="{l}: {r}"><title>{l}: {r}</title>
            <rect width="{a
                + b}" height="20" rx="3" fill="#3a4048"/><rect x="{a}" width="{b}" height="20" rx="3" fill="{color}"/><rect x="{a}" width="4" height="20" fill="{color}"/>
            <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11"><text x="{a
                / 2}" y="14">{l}</text><text x="{a + (b / 2)}" y="14">{r}</text></g></svg>
            """
        );
        return Results.Text(svg, "image/svg+xml; charset=utf-8", Encoding.UTF8);
    }

    // XML takes no control characters, however they are written.
    private static string Safe(string text) =>
        WebUtility.HtmlEncode(new string([.. text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c))]));
}
