using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Torch.Cli.Tests;

/// <summary>An HTTP server on a free port of loopback: it answers 200 with <c>hello, world</c> and remembers what it was asked.</summary>
internal sealed class Target : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Dictionary<string, TaskCompletionSource<string>> _received = [];

    private Target()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>What it answers.</summary>
    public string Body { get; set; } = "hello, world";

    public static async Task<Target> StartAsync()
    {
        var target = new Target();
        await target._app.StartAsync();
        return target;
    }

    public string Url(string path) => _app.Urls.First() + path;

    /// <summary>The next request to a path: method, two headers, who asks, body.</summary>
    public Task<string> Received(string path)
    {
        lock (_received)
            return (_received[path] = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var headers = http.Request.Headers;
        var body = await reader.ReadToEndAsync();
        var seen = $"{http.Request.Method} {headers["X-One"]} {headers["X-Two"]} {headers.Authorization} {body}";
        lock (_received)
            if (_received.Remove(http.Request.Path, out var waiting))
                waiting.SetResult(seen);
        await http.Response.WriteAsync(Body);
    }
}
