using Torch.Domain.Rules;

namespace Torch.Domain.Statuses;

/// <summary>Where a status is named.</summary>
public static class StatusUses
{
    /// <summary>Whether a rule, its condition or the roll-up names it.</summary>
    public static bool Names(RuleSet rules, string status) =>
        rules.RollUp.Status == status
        || rules.RollUp.Cap == status
        || rules.Rules.Any(r => r.Then == status || Names(r.When, status));

    /// <summary>Whether a contribution's text names it.</summary>
    public static bool Names(string contribution, string status) =>
        contribution.Split(' ', ',', '=').Skip(1).Contains(status, StringComparer.Ordinal);

    private static bool Names(Condition condition, string status) =>
        condition switch
        {
            And c => c.Terms.Any(t => Names(t, status)),
            Or c => c.Terms.Any(t => Names(t, status)),
            Not c => Names(c.Term, status),
            HeldFor c => Names(c.Term, status),
            Children c => c.Test.Statuses.Contains(status),
            NamedChild c => c.Test.Statuses.Contains(status),
            Aggregate c => c.Test.Statuses.Contains(status),
            _ => false,
        };
}
