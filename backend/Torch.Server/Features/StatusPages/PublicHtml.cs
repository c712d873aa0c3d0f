using System.Globalization;
using System.Net;
using System.Text;
using Torch.Contracts;
using Torch.Domain.Statuses;

namespace Torch.Server.Features.StatusPages;

/// <summary>A public page as HTML. Nothing runs inline, nothing comes from elsewhere; every text of somebody's is encoded.</summary>
internal static class PublicHtml
{
    /// <summary>For an address that nothing is published at.</summary>
    public const string Missing = """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>No status page</title><link rel="stylesheet" href="/status/page.css"></head><body><main>
        <h1>There is no status page here</h1><p class="about">It may have another address now, or is no longer published.</p></main></body></html>
        """;

    public static string Page(string slug, PublicStatus page, StatusCatalog statuses)
    {
        var html = new StringBuilder();
        html.Append(
            CultureInfo.InvariantCulture,
            $"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Safe(
                page.Title
            )}</title><link rel="stylesheet" href="/status/page.css"><script src="/status/page.js" defer></script>
            <link rel="alternate" type="application/atom+xml" title="{Safe(
                page.Title
            )}" href="/status/{slug}/feed.atom"></head>
            <body><main><h1>{Safe(page.Title)}</h1>
            """
        );
        if (page.Description is { } description)
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"about\">{Safe(description)}</p>");
        html.Append(
            CultureInfo.InvariantCulture,
            $"""
            <div data-part="said" role="status"><p class="said {Tone(page.Status, statuses)}">{Sign(page.Status, statuses)}{Said(
                page
            )}</p></div>
            <ul class="list" data-part="entries">
            """
        );
        var today = DateOnly.FromDateTime(page.At.UtcDateTime);
        foreach (var entry in page.Entries)
            html.Append(Entry(entry, today, statuses));
        html.Append("</ul><h2>The last two weeks</h2><div data-part=\"incidents\">");
        html.Append(Incidents(page.Incidents, statuses));
        html.Append(
            CultureInfo.InvariantCulture,
            $"""
            </div><footer class="row"><span data-part="at">As of {Time(
                page.At
            )}</span><a href="/status/{slug}/feed.atom">Subscribe</a></footer>
            </main></body></html>
            """
        );
        return html.ToString();
    }

    private static string Entry(PublicEntry entry, DateOnly today, StatusCatalog statuses)
    {
        var first = today.AddDays(1 - entry.Days.Count);
        var days = string.Concat(entry.Days.Select((share, i) => Day(share, first.AddDays(i))));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <li><div class="row"><span class="label">{Safe(entry.Label)}</span>{Word(entry.Status, statuses)}</div>
            <div class="days" role="img" aria-label="{entry.Days.Count} days, {Available(entry.Uptime)}">{days}</div>
            <div class="row soft"><span>{entry.Days.Count} days</span><span>{Available(entry.Uptime)}</span></div></li>
            """
        );
    }

    private static string Day(decimal? share, DateOnly day)
    {
        var look = share switch
        {
            null => "none",
            >= 99.9m => "good",
            >= 95m => "fair",
            _ => "bad",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<i class=\"{look}\" title=\"{day:yyyy-MM-dd}: {Available(share)}\"></i>"
        );
    }

    private static string Incidents(IReadOnlyList<PublicIncident> incidents, StatusCatalog statuses)
    {
        if (incidents.Count == 0)
            return "<p class=\"about\">Nothing was wrong.</p>";
        var lines = incidents.Select(i =>
            $"<li><div class=\"row\"><span class=\"label\">{Safe(i.Label)}</span>{Word(i.Status, statuses)}</div>"
            + $"<span class=\"soft\">{Time(i.At)} to {(i.EndedAt is { } end ? Time(end) : "now")}</span></li>"
        );
        return $"<ul class=\"list\">{string.Concat(lines)}</ul>";
    }

    private static string Said(PublicStatus page)
    {
        var wrong = page.Entries.Count(e => e.Status != StatusCatalog.Up);
        return page.Entries.Count == 0 ? "Nothing is shown here"
            : wrong == 0 ? "Everything works"
            : $"{wrong} of {page.Entries.Count} {(wrong == 1 ? "is" : "are")} not up";
    }

    private static string Word(string status, StatusCatalog statuses) =>
        $"<span class=\"status {Tone(status, statuses)}\">{Sign(status, statuses)}{Safe(statuses.Find(status)?.Label ?? status)}</span>";

    private static string Tone(string status, StatusCatalog statuses) =>
        statuses.Find(status) switch
        {
            { Severity: 0 } => "up",
            { Available: true, Neutral: false } => "degraded",
            { Available: false } => "down",
            _ => "neutral",
        };

    /// <summary>A shape beside the word, so that colour is never the only sign.</summary>
    private static string Sign(string status, StatusCatalog statuses) =>
        $"<svg class=\"sign\" viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path fill-rule=\"evenodd\" d=\"{Shape(statuses.Find(status)?.Shape)}\"/></svg>";

    private static string Shape(string? name) =>
        name switch
        {
            "circle" => "M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3Z",
            "triangle" => "M8 2.4 14.2 13.2H1.8Z",
            "square" => "M2.8 2.8h10.4v10.4H2.8Z",
            "octagon" => "M14.1 10.53 10.53 14.1H5.47L1.9 10.53V5.47L5.47 1.9h5.06L14.1 5.47ZM4.6 6.9V9.1H11.4V6.9Z",
            "diamond" => "M8 1.6 14.4 8 8 14.4 1.6 8Z",
            "wrench" => "M2 12 8 6a3.5 3.5 0 0 1 4.500-4.500L10.500 3.500l2 2 2-2A3.500 3.500 0 0 1 10 8l-6 6Z",
            "bars" => "M3.600 3h3.200v10H3.600ZM9.200 3h3.200v10H9.200Z",
            _ =>
                "M8 2.700a5.300 5.300 0 1 1 0 10.600A5.300 5.300 0 0 1 8 2.700ZM8 4.500a3.500 3.500 0 1 0 0 7A3.500 3.500 0 0 0 8 4.500Z",
        };

    private static string Available(decimal? share) =>
        share is { } percent ? percent.ToString("0.00", CultureInfo.InvariantCulture) + " % available" : "no data";

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
