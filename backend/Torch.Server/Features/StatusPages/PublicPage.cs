using System.Globalization;
using System.Net;
using System.Text;
using Torch.Contracts;
using Torch.Domain.Statuses;
using Torch.Server.Http;

namespace Torch.Server.Features.StatusPages;

/// <summary>The page that everybody sees: plain HTML, no script, nothing from elsewhere.</summary>
internal static class PublicPage
{
    /// <summary>A published status page.</summary>
    /// <remarks>Open to everybody. HTML without scripts: statuses, 90 days of availability, and what was wrong in the last two weeks.</remarks>
    public static async Task<IResult> Html(string slug, PublicReading reading, CancellationToken cancellationToken)
    {
        var page = await FindAsync(slug, reading, cancellationToken);
        return Results.Text(Page(slug, page), "text/html; charset=utf-8", Encoding.UTF8);
    }

    /// <summary>A published status page, for scripts.</summary>
    public static Task<PublicStatus> Json(string slug, PublicReading reading, CancellationToken cancellationToken) =>
        FindAsync(slug, reading, cancellationToken);

    /// <summary>What was wrong, as an Atom feed to subscribe to.</summary>
    public static async Task<IResult> Feed(
        string slug,
        HttpContext http,
        PublicReading reading,
        TorchOptions options,
        CancellationToken cancellationToken
    )
    {
        var page = await FindAsync(slug, reading, cancellationToken);
        var root = options.PublicUrl ?? $"{http.Request.Scheme}://{http.Request.Host}";
        return Results.Text(
            AtomFeed.Of($"{root}/status/{slug}", page),
            "application/atom+xml; charset=utf-8",
            Encoding.UTF8
        );
    }

    public static IResult Style() => Results.Text(Css, "text/css; charset=utf-8", Encoding.UTF8);

    private static async Task<PublicStatus> FindAsync(string slug, PublicReading reading, CancellationToken ct) =>
        await reading.FindAsync(slug, ct) ?? throw new FaultException(Fault.NotFound("status page"));

    private static string Page(string slug, PublicStatus page)
    {
        var html = new StringBuilder();
        html.Append(
            CultureInfo.InvariantCulture,
            $"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="refresh" content="60"><title>{Safe(
                page.Title
            )}</title><link rel="stylesheet" href="/status/style.css">
            <link rel="alternate" type="application/atom+xml" title="{Safe(
                page.Title
            )}" href="/status/{slug}/feed.atom"></head><body><main>
            <h1>{Safe(page.Title)}</h1><p class="all {Tone(page.Status)}">{Sign(page.Status)} {Said(page)}</p>
            """
        );
        if (page.Description is { } description)
            html.Append(CultureInfo.InvariantCulture, $"<p>{Safe(description)}</p>");
        html.Append("<ul class=\"entries\">");
        foreach (var entry in page.Entries)
            html.Append(Entry(entry));
        html.Append("</ul><h2>The last two weeks</h2>").Append(Incidents(page.Incidents));
        html.Append(
            CultureInfo.InvariantCulture,
            $"<footer>As of {Time(page.At)} · <a href=\"/status/{slug}/feed.atom\">Subscribe</a></footer></main></body></html>"
        );
        return html.ToString();
    }

    private static string Entry(PublicEntry entry)
    {
        var days = string.Concat(entry.Days.Select(Day));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <li><div class="row"><span>{Safe(entry.Label)}</span><span class="{Tone(entry.Status)}">{Sign(
                entry.Status
            )} {Safe(entry.Status)}</span></div>
            <div class="days" role="img" aria-label="{PublicReading.Days} days, {Percent(
                entry.Uptime
            )} available">{days}</div>
            <div class="row small"><span>{PublicReading.Days} days</span><span>{Percent(entry.Uptime)}</span></div></li>
            """
        );
    }

    private static string Day(decimal? availability) =>
        availability switch
        {
            null => "<i class=\"none\"></i>",
            >= 99.9m => "<i class=\"good\"></i>",
            >= 95m => "<i class=\"fair\"></i>",
            _ => "<i class=\"bad\"></i>",
        };

    private static string Incidents(IReadOnlyList<PublicIncident> incidents)
    {
        if (incidents.Count == 0)
            return "<p>Nothing was wrong.</p>";
        var lines = incidents.Select(i =>
            $"<li><b>{Safe(i.Label)}</b> <span class=\"{Tone(i.Status)}\">{Sign(i.Status)} {Safe(i.Status)}</span><br>"
            + $"<span class=\"small\">{Time(i.At)} – {(i.EndedAt is { } end ? Time(end) : "it goes on")}</span></li>"
        );
        return $"<ul class=\"incidents\">{string.Concat(lines)}</ul>";
    }

    private static string Said(PublicStatus page) =>
        page.Status == StatusCatalog.Up
            ? "Everything works"
            : $"{page.Entries.Count(e => e.Status != StatusCatalog.Up)} of {page.Entries.Count} are not up";

    /// <summary>Shape beside the word, so that colour is never the only sign.</summary>
    private static string Sign(string status) =>
        status switch
        {
            StatusCatalog.Up => "●",
            StatusCatalog.Degraded => "▲",
            StatusCatalog.Critical => "■",
            StatusCatalog.Down => "⯃",
            StatusCatalog.Expired => "◆",
            _ => "○",
        };

    private static string Tone(string status) =>
        status switch
        {
            StatusCatalog.Up => "up",
            StatusCatalog.Degraded => "degraded",
            StatusCatalog.Unknown or StatusCatalog.Maintenance or StatusCatalog.Paused => "neutral",
            _ => "down",
        };

    private static string Percent(decimal? share) =>
        share is { } percent ? percent.ToString("0.00", CultureInfo.InvariantCulture) + " %" : "no data";

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Safe(string text) => WebUtility.HtmlEncode(text);

    private const string Css = """
        :root { color-scheme: light dark; --ink: #1d2127; --paper: #fff; --line: #d9dde3; --up: #1b7f46; --deg: #8a5a00; --down: #b3261e; --grey: #5b6470; --none: #c6ccd4 }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --paper: #14171b; --line: #343a43; --up: #56c788; --deg: #e0a63c; --down: #ff8a80; --grey: #9aa4b1; --none: #454c57 } }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif }
        main { max-width: 720px; margin: 0 auto; padding: 32px 16px }
        h1 { font-size: 22px; margin: 0 0 8px } h2 { font-size: 16px; margin: 32px 0 8px }
        ul { list-style: none; margin: 0; padding: 0 } li { padding: 12px 0; border-top: 1px solid var(--line) }
        .all { font-weight: 600 } .row { display: flex; justify-content: space-between; gap: 16px } .small, footer { font-size: 13px; color: var(--grey) }
        .up { color: var(--up) } .degraded { color: var(--deg) } .down { color: var(--down) } .neutral { color: var(--grey) }
        .days { display: flex; align-items: flex-end; gap: 1px; height: 24px; margin: 6px 0 2px } .days i { flex: 1; min-width: 1px }
        .good { background: var(--up); height: 40% } .fair { background: var(--deg); height: 70% } .bad { background: var(--down); height: 100% } .none { background: var(--none); height: 15% }
        footer { margin-top: 32px } a { color: inherit }
        """;
}
