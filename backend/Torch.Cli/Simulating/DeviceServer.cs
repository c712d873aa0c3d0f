using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Torch.Cli.Simulating;

/// <summary>Simulated devices over HTTP, all on one port of loopback: <c>/devices</c>, <c>/devices/17</c>, <c>/devices/17/health</c>.</summary>
internal sealed class DeviceServer : IAsyncDisposable
{
    private static readonly TimeSpan Slowness = TimeSpan.FromSeconds(20);
    private readonly WebApplication _app;

    private DeviceServer(WebApplication app) => _app = app;

    /// <summary>Without a slash at its end.</summary>
    public string Address =>
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <param name="port">0 takes a free one.</param>
    public static async Task<DeviceServer> StartAsync(DeviceFleet fleet, int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        var app = builder.Build();
        app.MapGet("/devices", () => All(fleet));
        app.MapGet("/devices/{id:int}", (int id) => fleet.Has(id) ? Json(fleet.View(id)) : Results.NotFound());
        app.MapGet("/devices/{id:int}/health", (int id, HttpContext http) => HealthAsync(fleet, id, http));
        await app.StartAsync(cancellationToken);
        return new DeviceServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static IResult All(DeviceFleet fleet) =>
        Json(new JsonArray([.. Enumerable.Range(1, fleet.Count).Select(fleet.View)]));

    private static IResult Json(JsonNode node) => Results.Text(node.ToJsonString(), "application/json");

    private static async Task<IResult> HealthAsync(DeviceFleet fleet, int id, HttpContext http)
    {
        if (!fleet.Has(id))
            return Results.NotFound();
        switch (fleet.FaultOf(id))
        {
            case DeviceFault.Error:
                return Results.Text("the disk is full", statusCode: 500);
            case DeviceFault.Drop:
                http.Abort();
                return Results.Empty;
            case DeviceFault.Body:
                return Results.Text("<h1>It works!</h1>", "text/html");
            case DeviceFault.Slow:
                await Task.Delay(Slowness, http.RequestAborted);
                break;
        }
        return Json(new JsonObject { ["id"] = id, ["health"] = "ok" });
    }
}
