using System.Text.Json;

namespace Torch.Server.Http;

/// <summary>A small answer that is written in one piece with its length, so that it leaves in one packet. For what is asked ten thousand times a second.</summary>
internal sealed class WrittenJson<T>(T value, int status) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, ApiJson.Output);
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = bytes.Length;
        return response.Body.WriteAsync(bytes, 0, bytes.Length, httpContext.RequestAborted);
    }
}
