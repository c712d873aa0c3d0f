using Npgsql;
using Torch.EventStore;
using Torch.Server.Telemetry;

namespace Torch.Server.Http;

/// <summary>Turns whatever a request threw, and every bare error status, into problem+json. A stack never leaves the house.</summary>
internal sealed class ProblemMiddleware(
    RequestDelegate next,
    TorchOptions options,
    OwnMeter meter,
    ILogger<ProblemMiddleware> logger
)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
            if (IsBareError(http.Response))
                await Problems.WriteAsync(http, FromStatus(http.Response.StatusCode));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
        }
        catch (Exception surprise) when (!http.Response.HasStarted)
        {
            http.Response.Clear();
            SecurityHeaders.Write(http, options);
            await Problems.WriteAsync(http, FromException(http, surprise));
        }
        finally
        {
            meter.Answered(http.Response.StatusCode);
        }
    }

    private static bool IsBareError(HttpResponse response) =>
        response is { StatusCode: >= 400, HasStarted: false, ContentLength: null, ContentType: null };

    private static Fault FromStatus(int status) =>
        status switch
        {
            401 => new Fault(401, "unauthenticated", "This needs an API key: Authorization: Bearer <key>."),
            403 => new Fault(403, "forbidden", "This key may not do that."),
            404 => new Fault(404, "not_found", "There is nothing at this address."),
            405 => new Fault(
                405,
                "method_not_allowed",
                "This address does not take that method; see the Allow header."
            ),
            415 => Fault.UnsupportedMediaType("application/json"),
            _ => new Fault(status, "refused", "The request was refused."),
        };

    private Fault FromException(HttpContext http, Exception surprise)
    {
        var fault = surprise switch
        {
            FaultException refused => refused.Fault,
            LogBusyException => Fault.Busy,
            LogUnavailableException away => Fault.Of(away),
            OperationCanceledException => Fault.Unavailable,
            NpgsqlException database when IsAway(database) => Fault.Unavailable,
            AppendRejectedException => new Fault(422, "rejected", "The database cannot store this."),
            BadHttpRequestException bad => FromBadRequest(bad),
            // How the web server says that a chunk's size is beyond 64 bits; of every other broken chunk it says that the request is bad.
            IOException { InnerException: OverflowException } => Fault.Invalid("", "The body's chunks are broken."),
            _ => new Fault(500, "internal", "Torch has made a mistake. The trace id names it in the server's log."),
        };
        if (fault.Status >= 500)
            Note(http, fault, surprise);
        return fault;
    }

    private void Note(HttpContext http, Fault fault, Exception surprise)
    {
        var level = fault.Status == 500 ? LogLevel.Error : LogLevel.Warning;
        logger.Log(
            level,
            fault.Status == 500 ? surprise : null,
            "{Method} {Path} answered {Status}: {Reason} (trace {TraceId})",
            http.Request.Method,
            http.Request.Path,
            fault.Status,
            surprise.Message,
            Problems.TraceId(http)
        );
    }

    private static Fault FromBadRequest(BadHttpRequestException bad) =>
        bad.StatusCode switch
        {
            413 => Fault.TooLarge(BodyLimits.BatchBytes),
            415 => Fault.UnsupportedMediaType("application/json"),
            408 => new Fault(408, "timeout", "The body did not arrive in time."),
            _ => Fault.Invalid(ParameterName(bad.Message), "This parameter has a wrong form."),
        };

    /// <summary>The framework names the parameter in its message only: <c>Failed to bind parameter "int? limit" from "x".</c></summary>
    private static string ParameterName(string message)
    {
        var quoted = message.Split('"');
        return quoted.Length > 1 ? quoted[1].Split(' ')[^1] : "";
    }

    // Class 08: connection; 57P: shutdown and cannot_connect_now; 53: out of resources; 57014: statement timeout.
    private static bool IsAway(NpgsqlException database) =>
        database is not PostgresException refused
        || refused.SqlState.StartsWith("08")
        || refused.SqlState.StartsWith("53")
        || refused.SqlState.StartsWith("57");
}
