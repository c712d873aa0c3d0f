using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Torch.Cli.Client;

/// <summary>Says each request and its answer on standard error (<c>-vvvv</c>), with what was sent (<c>-vvvvv</c>); never the key.</summary>
internal sealed class RequestTrace(Terminal terminal, LogLevel level) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (level <= LogLevel.Debug && request.Content is { } content)
            await terminal.RemarkAsync("sends " + await content.ReadAsStringAsync(cancellationToken));
        var begun = Stopwatch.GetTimestamp();
        var answer = await base.SendAsync(request, cancellationToken);
        await terminal.RemarkAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{request.Method} {request.RequestUri} -> {(int)answer.StatusCode} after {Stopwatch.GetElapsedTime(begun).TotalMilliseconds:0} ms"
            )
        );
        return answer;
    }
}
