using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Configuring;
using Torch.Server.Http;
using Torch.Server.Importing;

namespace Torch.Server.Features.Configuration;

internal static class ConfigurationEndpoints
{
    public const string Yaml = "application/yaml";

    public static void MapConfiguration(this IEndpointRouteBuilder api)
    {
        // A plan tells whether a secret that is sent is the one in force, so it is for those who may change it.
        var config = api.MapGroup("/config").WithTags("Configuration").Needs(Right.Read, change: Right.Write);
        config.MapGet("", GetConfiguration.Handle).WithName("ExportConfiguration").Produces<string>(200, Yaml);
        config
            .MapPost("/plan", PostConfiguration.Plan)
            .WithName("PlanConfiguration")
            .Takes<ApplyConfiguration>()
            .Refuses(400, 413, 415);
        config
            .MapPost("/apply", PostConfiguration.Apply)
            .WithName("ApplyConfiguration")
            .Takes<ApplyConfiguration>()
            .Refuses(400, 409, 413, 415);
        var import = api.MapGroup("/import/{format}").WithTags("Configuration").Needs(Right.Write);
        import
            .MapPost("/plan", PostImport.Plan)
            .WithName("PlanImport")
            .Takes<ImportRequest>()
            .Refuses(400, 404, 413, 415);
        import
            .MapPost("/apply", PostImport.Apply)
            .WithName("ApplyImport")
            .Takes<ImportRequest>()
            .Refuses(400, 404, 409, 413, 415);
    }
}

internal static class GetConfiguration
{
    /// <summary>The whole configuration as YAML.</summary>
    /// <remarks>Applied to where it came from it changes nothing. Secrets are not in it: placeholders such as <c>${SHOP_PASSWORD}</c> stand for them.</remarks>
    /// <param name="ids">True: each object with its id, so that it can be renamed in the file.</param>
    public static async Task<IResult> Handle(bool? ids, ConfigExports exports, CancellationToken cancellationToken) =>
        Results.Text(
            await exports.WriteAsync(ids is true, cancellationToken),
            ConfigurationEndpoints.Yaml + "; charset=utf-8"
        );
}

internal static class PostConfiguration
{
    /// <summary>What applying a configuration would do.</summary>
    /// <remarks>Nothing is written. A text that cannot be applied is refused, with the line and column of everything that is wrong.</remarks>
    public static async Task<ConfigurationPlan> Plan(HttpContext http, Configurator configurator)
    {
        var wanted = await LargeBody.ReadAsync<ApplyConfiguration>(http);
        return await configurator.PlanAsync(wanted, EventHeaders.Of(http, wanted.Reason), http.RequestAborted);
    }

    /// <summary>Apply a configuration.</summary>
    /// <remarks>All of it in one commit, or nothing. What is in force already stays untouched, so applying twice changes nothing.</remarks>
    public static async Task<ConfigurationPlan> Apply(HttpContext http, Configurator configurator)
    {
        var wanted = await LargeBody.ReadAsync<ApplyConfiguration>(http);
        return await configurator.ApplyAsync(wanted, EventHeaders.Of(http, wanted.Reason), http.RequestAborted);
    }
}

internal static class PostImport
{
    /// <summary>What importing another system's configuration would do.</summary>
    /// <remarks>Nothing is written. What cannot be carried is listed.</remarks>
    /// <param name="format"><c>kuma</c> (backup JSON), <c>gatus</c> (YAML), <c>prometheus</c> (blackbox and scrape configuration), <c>healthchecks</c> (its API's JSON), <c>services</c> (Universal Monitoring Tool) or <c>csv</c>.</param>
    public static async Task<ImportView> Plan(string format, HttpContext http, Importer importer)
    {
        var wanted = await ReadAsync(format, http);
        return await importer.PlanAsync(format, wanted, By(http, wanted), http.RequestAborted);
    }

    /// <summary>Import another system's configuration.</summary>
    /// <remarks>
    /// All of it in one commit, or nothing. Nothing is deleted, and importing the same again changes nothing. The tokens that scripts push with become push keys, so that they go on
    /// with another host name; where the caller may not make keys, <c>left</c> names them.
    /// </remarks>
    /// <param name="format">As of the plan.</param>
    public static async Task<ImportView> Apply(string format, HttpContext http, Importer importer)
    {
        var wanted = await ReadAsync(format, http);
        return await importer.ApplyAsync(format, wanted, By(http, wanted), http.RequestAborted);
    }

    private static ImportBy By(HttpContext http, ImportRequest wanted) =>
        new(EventHeaders.Of(http, wanted.Reason), http.Caller()?.May(Right.Admin) == true);

    private static Task<ImportRequest> ReadAsync(string format, HttpContext http) =>
        Importer.Formats.ContainsKey(format)
            ? LargeBody.ReadAsync<ImportRequest>(http)
            : throw new FaultException(Fault.NotFound($"format; expected {string.Join(", ", Importer.Formats.Keys)}"));
}

/// <summary>Whole files, larger than what is sent otherwise.</summary>
internal static class LargeBody
{
    public static async Task<T> ReadAsync<T>(HttpContext http)
        where T : notnull
    {
        if (!http.Request.HasJsonContentType())
            throw new FaultException(Fault.UnsupportedMediaType("application/json"));
        return RequestBody.Parse<T>(await http.ReadBytesAsync(BodyLimits.BatchBytes), ApiJson.Input);
    }
}
