using System.Text;
using Torch.Contracts;
using Torch.Server.Evaluating;
using Torch.Server.Http;

namespace Torch.Server.Features.StatusPages;

/// <summary>What everybody sees: a page, the same for scripts, and a feed.</summary>
internal static class PublicPage
{
    private const string HtmlType = "text/html; charset=utf-8";

    /// <summary>A published status page.</summary>
    /// <remarks>Open to everybody. HTML that is whole without scripts: statuses, 90 days of availability, and what was wrong in the last two weeks.</remarks>
    public static async Task<IResult> Html(
        string slug,
        HttpContext http,
        PublicReading reading,
        IEvaluation evaluation,
        CancellationToken cancellationToken
    )
    {
        if (await reading.FindAsync(slug, cancellationToken) is { } page)
        {
            Keep(http, 5);
            return Results.Text(PublicHtml.Page(slug, page, evaluation.Statuses), HtmlType, Encoding.UTF8);
        }
        // People get a sentence, scripts a problem.
        if (!http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            throw Missing();
        http.Response.Headers.CacheControl = "no-store";
        return Results.Text(PublicHtml.Missing, HtmlType, Encoding.UTF8, 404);
    }

    /// <summary>A published status page, for scripts.</summary>
    public static async Task<PublicStatus> Json(
        string slug,
        HttpContext http,
        PublicReading reading,
        CancellationToken cancellationToken
    )
    {
        var page = await reading.FindAsync(slug, cancellationToken) ?? throw Missing();
        Keep(http, 5);
        return page;
    }

    /// <summary>What was wrong, as an Atom feed to subscribe to.</summary>
    public static async Task<IResult> Feed(
        string slug,
        HttpContext http,
        PublicReading reading,
        TorchOptions options,
        CancellationToken cancellationToken
    )
    {
        var page = await reading.FindAsync(slug, cancellationToken) ?? throw Missing();
        Keep(http, 60);
        var root = options.PublicUrl ?? $"{http.Request.Scheme}://{http.Request.Host}";
        return Results.Text(
            AtomFeed.Of($"{root}/status/{slug}", page),
            "application/atom+xml; charset=utf-8",
            Encoding.UTF8
        );
    }

    public static IResult Style(HttpContext http) => File(http, "page.css", "text/css; charset=utf-8");

    public static IResult Script(HttpContext http) => File(http, "page.js", "text/javascript; charset=utf-8");

    private static IResult File(HttpContext http, string name, string type)
    {
        Keep(http, 300);
        return Results.Text(PublicFiles.Read(name), type, Encoding.UTF8);
    }

    private static void Keep(HttpContext http, int seconds) =>
        http.Response.Headers.CacheControl = $"public, max-age={seconds}";

    private static FaultException Missing() => new(Fault.NotFound("status page"));
}

/// <summary>What the page needs beside itself.</summary>
internal static class PublicFiles
{
    private static readonly Dictionary<string, string> Known = new[] { "page.css", "page.js" }.ToDictionary(
        name => name,
        name =>
        {
            using var reader = new StreamReader(
                typeof(PublicFiles).Assembly.GetManifestResourceStream("status/" + name)!
            );
            return reader.ReadToEnd();
        }
    );

    public static string Read(string name) => Known[name];
}
