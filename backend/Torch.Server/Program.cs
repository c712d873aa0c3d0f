using Torch.Server;
using Torch.Server.Http.OpenApi;

try
{
    var options = TorchOptions.Read(args);
    var app = TorchServer.Build(options);
    if (args is ["openapi", ..])
        await Console.Out.WriteAsync(app.Services.OpenApiDocument());
    else
        await app.RunAsync();
    return 0;
}
catch (StartRefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}

/// <summary>The server alone, without an agent. <c>torch serve</c> is the one that people start.</summary>
public partial class Program;
