using System.Globalization;
using System.Text;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Torch.Server.Http.OpenApi;

/// <summary>OpenAPI 3.1 at <c>/openapi/v1.json</c> and Swagger UI at <c>/swagger</c>.</summary>
internal static class OpenApiServices
{
    private const string Document = "v1";
    private const string Path = $"/openapi/{Document}.json";

    public static void AddTorchOpenApi(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        // Swashbuckle would otherwise take MVC's options, which nobody uses here.
        services.AddTransient<ISerializerDataContractResolver>(_ => new JsonSerializerDataContractResolver(
            ApiJson.Output
        ));
        services.AddSwaggerGen(Describe);
    }

    public static void UseTorchOpenApi(this WebApplication app)
    {
        // Written once: it takes a second of a core, and anybody may ask for it.
        var document = new Lazy<byte[]>(() => Encoding.UTF8.GetBytes(app.Services.OpenApiDocument()));
        app.Map(Path, at => at.Run(http => WriteAsync(http, document)));
        app.UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = "swagger";
            ui.SwaggerEndpoint(Path, "Torch");
            ui.DocumentTitle = "Torch API";
        });
    }

    /// <summary>The document as it is served, for the file that the web app's types are generated from.</summary>
    public static string OpenApiDocument(this IServiceProvider services)
    {
        using var scope = services.CreateScope();
        var document = scope.ServiceProvider.GetRequiredService<ISwaggerProvider>().GetSwagger(Document);
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        document.SerializeAs(OpenApiSpecVersion.OpenApi3_1, new OpenApiJsonWriter(text));
        return text + "\n";
    }

    private static Task WriteAsync(HttpContext http, Lazy<byte[]> document)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = document.Value.Length;
        return HttpMethods.IsHead(http.Request.Method)
            ? Task.CompletedTask
            : http.Response.Body.WriteAsync(document.Value, http.RequestAborted).AsTask();
    }

    private static void Describe(SwaggerGenOptions options)
    {
        options.SwaggerDoc(
            Document,
            new OpenApiInfo
            {
                Title = "Torch",
                Version = Document,
                Description =
                    "Reports and probes in, statuses of hierarchies out. Every error is problem+json (RFC 9457). "
                    + "Query parameters that an operation does not know are refused (400).",
            }
        );
        options.SupportNonNullableReferenceTypes();
        options.NonNullableReferenceTypesAsRequired();
        options.UseAllOfToExtendReferenceSchemas();
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "Torch.*.xml").Order())
            options.IncludeXmlComments(file);
        options.MapType<TimeSpan>(() => Schemas.Duration);
        options.MapType<TimeSpan?>(() => Schemas.MaybeDuration);
        options.OperationFilter<SharedParameters>();
        options.OperationFilter<EveryMediaType>();
        options.OperationFilter<StatedRights>();
        options.SchemaFilter<TruthfulSchemas>();
        options.OperationFilter<ParameterExamples>();
        options.DocumentFilter<OperationExamples>();
        options.AddSecurityDefinition("key", Schemas.Bearer);
        options.AddSecurityRequirement(document => new OpenApiSecurityRequirement
        {
            [new OpenApiSecuritySchemeReference("key", document)] = [],
        });
    }
}
