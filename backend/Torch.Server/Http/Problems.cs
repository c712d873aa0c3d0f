using System.Diagnostics;
using System.Globalization;
using Torch.Contracts;

namespace Torch.Server.Http;

/// <summary>The one place where a <see cref="Fault"/> becomes problem+json.</summary>
internal static class Problems
{
    public const string MediaType = "application/problem+json";

    public static IResult Answer(this Fault fault) => new ProblemResult(fault);

    public static string TypeOf(string code) => $"urn:torch:problem:{code}";

    public static Task WriteAsync(HttpContext http, Fault fault)
    {
        http.Response.StatusCode = fault.Status;
        if (fault.RetryAfterSeconds is { } seconds)
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsJsonAsync(ToProblem(http, fault), ApiJson.Output, MediaType);
    }

    /// <summary>The problem as an answer carries it.</summary>
    public static Problem ToProblem(HttpContext http, Fault fault) => ToProblem(TraceId(http), fault);

    public static Problem ToProblem(string traceId, Fault fault) =>
        new(TypeOf(fault.Code), Title(fault.Code), fault.Status, fault.Detail, fault.Errors, traceId);

    /// <summary>Names a request in answers, logs and the journal.</summary>
    public static string TraceId(HttpContext http) => Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;

    private static string Title(string code)
    {
        var words = code.Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    private sealed class ProblemResult(Fault fault) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, fault);
    }
}
