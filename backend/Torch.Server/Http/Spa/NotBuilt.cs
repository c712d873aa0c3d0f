namespace Torch.Server.Http.Spa;

/// <summary>What a browser sees where the web app has not been built.</summary>
internal static class NotBuilt
{
    private const string Page = """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>Torch</title></head>
        <body>
        <h1>Torch is running</h1>
        <p>Its web app has not been built yet. <code>npm start</code> in the project's folder builds and serves it.</p>
        <p>The API is here: <a href="/swagger">/swagger</a>.</p>
        </body>
        </html>
        """;

    public static Task AnswerAsync(HttpContext http)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync(Page);
    }
}
