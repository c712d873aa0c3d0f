using System.Diagnostics;

namespace Torch.Server.Telemetry;

/// <summary>Traces and metrics by OTLP: nothing of it is loaded where nobody said whereto.</summary>
internal static class TelemetryServices
{
    public static void AddTelemetry(this IServiceCollection services, TorchOptions options)
    {
        if (options.OtlpEndpoint is not null)
            services.AddSingleton<Instruments>().AddHostedService<TelemetryHost>();
    }

    /// <summary>Names the web server's spans by what was asked for, as the conventions of OpenTelemetry want it.</summary>
    public static void UseTelemetry(this WebApplication app, TorchOptions options)
    {
        if (options.OtlpEndpoint is not null)
            app.Use(NameAsync);
    }

    private static async Task NameAsync(HttpContext http, RequestDelegate next)
    {
        var activity = Activity.Current;
        try
        {
            await next(http);
        }
        finally
        {
            if (activity is { IsAllDataRequested: true })
                Name(activity, http);
        }
    }

    private static void Name(Activity activity, HttpContext http)
    {
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.TrimEnd('/');
        activity.DisplayName = route is null ? http.Request.Method : $"{http.Request.Method} {route}";
        activity.SetTag("http.request.method", http.Request.Method);
        activity.SetTag("http.response.status_code", http.Response.StatusCode);
        if (route is not null)
            activity.SetTag("http.route", route);
        if (http.Response.StatusCode >= 500)
            activity.SetStatus(ActivityStatusCode.Error);
    }
}
