using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Torch.Agent;
using Torch.Probes;
using Torch.Server.Agents;

namespace Torch.Cli.Serving;

/// <summary>The agent inside the server's process.</summary>
internal static class InProcessAgent
{
    private static readonly string Name = Environment.MachineName;

    public static void AddInProcessAgent(this IServiceCollection services) =>
        services.AddSingleton<IHostedService>(Create);

    private static AgentHost Create(IServiceProvider services) =>
        new(
            new AgentConnection(services.GetRequiredService<IAgentLink>(), Name),
            new AgentOptions(Name),
            ProbeContext.Default(Name),
            services.GetRequiredService<ILoggerFactory>()
        );
}
