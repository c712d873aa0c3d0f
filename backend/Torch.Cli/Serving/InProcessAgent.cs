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

    /// <param name="targets">Which addresses it may probe.</param>
    public static void AddInProcessAgent(this IServiceCollection services, AddressPolicy targets) =>
        services.AddSingleton<IHostedService>(provider => Create(provider, targets));

    private static AgentHost Create(IServiceProvider services, AddressPolicy targets) =>
        new(
            new AgentConnection(services.GetRequiredService<IAgentLink>(), Name),
            new AgentOptions(Name),
            ProbeContext.Default(Name) with
            {
                Addresses = targets,
            },
            services.GetRequiredService<ILoggerFactory>()
        );
}
