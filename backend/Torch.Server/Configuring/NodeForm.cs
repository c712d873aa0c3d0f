using System.Text.Json.Nodes;
using Torch.Contracts;
using Torch.Domain.Rules;
using Torch.Server.Configuring.Reading;
using Torch.Server.Features.Nodes.Rules;

namespace Torch.Server.Configuring;

/// <summary>A node's own settings as a file has them, without its place and without what is below.</summary>
internal static class NodeForm
{
    public static ConfigNode Of(CurrentNode node, string? check)
    {
        var rules = node.Rules;
        return new(
            node.Name,
            Check: check,
            Tags: node.Tags.Count == 0 ? null : node.Tags,
            Paused: node.Paused ? true : null,
            Staleness: node.Staleness,
            ServicePeriod: node.ServicePeriod is { } period ? new(period.Schedule, period.TimeZone) : null,
            RollUp: rules.RollUp == RollUp.Worst ? null : rules.RollUp.ToString(),
            Match: rules.Match == MatchPolicy.First ? null : RuleMapping.Text(rules.Match),
            Rules: rules.Rules.Count == 0 ? null : [.. rules.Rules.Select(Rule)],
            Timing: Short(TimingMapping.View(rules.Timing)),
            TimeZone: rules.TimeZone
        );
    }

    /// <summary>An edge with what is not as by default.</summary>
    public static ConfigNode On(this ConfigNode node, decimal weight, bool required, string contribution) =>
        node with
        {
            Weight = weight == 1 ? null : weight,
            Required = required ? true : null,
            Contribution = contribution == "as-is" ? null : contribution,
        };

    /// <summary>What is compared: all of it but what is below and the id, which name it and are no setting.</summary>
    public static JsonObject Compared(ConfigNode node) => ConfigJson.Write(node with { Children = null, Id = null });

    private static TimingSettings? Short(TimingSettings? timing) =>
        timing is null
            ? null
            : timing with
            {
                Attempts = timing.Attempts is 1 ? null : timing.Attempts,
                RecoveryAttempts = timing.RecoveryAttempts is 1 ? null : timing.RecoveryAttempts,
            };

    private static RuleRequest Rule(Rule rule) =>
        new(
            System.Text.Json.JsonSerializer.SerializeToElement(RuleText.Print(rule.When)),
            rule.Then,
            rule.Attempts == 1 ? null : rule.Attempts,
            rule.For,
            rule.Name
        );
}
