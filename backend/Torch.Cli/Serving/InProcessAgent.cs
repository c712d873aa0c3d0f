using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Torch.Agent;
using Torch.Agent.Spool;
using Torch.Cli.Settings;
using Torch.Probes;
using Torch.Server.Agents;

namespace Torch.Cli.Serving;

/// <summary>The agent inside the server's process.</summary>
internal static class InProcessAgent
{
    private static readonly string Name = Environment.MachineName;

    /// <param name="targets">Which addresses it may probe.</param>
    /// <param name="work">How it works.</param>
    /// <param name="spool">The file of its spool.</param>
    public static void AddInProcessAgent(
        this IServiceCollection services,
        AddressPolicy targets,
        AgentWork work,
        string spool
    ) => services.AddSingleton<IHostedService>(provider => Create(provider, targets, work, spool));

    private static AgentHost Create(IServiceProvider services, AddressPolicy targets, AgentWork work, string spool) =>
        new(
            new AgentConnection(services.GetRequiredService<IAgentLink>(), Name),
            work.Options(Name, new SpoolOptions(spool)),
            ProbeContext.Default(Name) with
            {
                Addresses = targets,
            },
            services.GetRequiredService<ILoggerFactory>()
        );
}
