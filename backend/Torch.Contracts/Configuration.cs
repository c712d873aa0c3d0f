namespace Torch.Contracts;

/// <summary>A configuration to be applied.</summary>
/// <param name="Text">YAML or JSON as <c>GET /api/v1/config</c> writes it, at most 10 MiB.</param>
/// <param name="Variables">What <c>${NAME}</c> in the text stands for. A secret whose variable is not given stays as it is in force.</param>
/// <param name="Prune">True: of the sections that the text has, what it does not name is deleted.</param>
/// <param name="Reason">Why, for the journal.</param>
public sealed record ApplyConfiguration(
    string Text,
    IReadOnlyDictionary<string, string>? Variables = null,
    bool? Prune = null,
    string? Reason = null
);

/// <summary>What becomes of an object.</summary>
public enum PlannedAction
{
    Create,
    Change,
    Delete,
}

/// <summary>What applying would do, or has done.</summary>
/// <param name="Changes">In the order of the sections.</param>
/// <param name="Unchanged">How many objects are as the text has them.</param>
/// <param name="Notes">What a person should know beside: what was left alone, and why.</param>
/// <param name="Applied">True once all of it is in force, in one commit.</param>
/// <param name="Position">Of the log at which it was planned; of the commit once it is applied.</param>
public sealed record ConfigurationPlan(
    IReadOnlyList<PlannedChange> Changes,
    long Unchanged,
    IReadOnlyList<string> Notes,
    bool Applied,
    long Position
);

/// <summary>One object that is otherwise than the text has it.</summary>
/// <param name="Kind"><c>status</c>, <c>check</c>, <c>node</c>, <c>maintenance</c>, <c>objective</c>, <c>channel</c> or <c>notice</c>; of an import also <c>pushKey</c>.</param>
/// <param name="Name">Of a node its path; of a push key its source.</param>
public sealed record PlannedChange(
    PlannedAction Action,
    string Kind,
    string Name,
    Guid? Id,
    IReadOnlyList<PlannedMember> Members
);

/// <summary>One member that differs. Secrets are not shown.</summary>
/// <param name="Member">Such as <c>http.url</c> or <c>rules.0.when</c>.</param>
/// <param name="Before">Null where it was absent.</param>
/// <param name="After">Null where it will be.</param>
public sealed record PlannedMember(string Member, string? Before, string? After);

/// <summary>Another system's configuration.</summary>
/// <param name="Text">Its file as it is; of Prometheus both files, with a line of <c>---</c> between them. At most 10 MiB.</param>
/// <param name="Root">What the hierarchy is called that it comes to; the system's name where absent.</param>
/// <param name="Variables">What <c>${NAME}</c> in a Gatus file stands for.</param>
/// <param name="Reason">Why, for the journal.</param>
public sealed record ImportRequest(
    string Text,
    string? Root = null,
    IReadOnlyDictionary<string, string>? Variables = null,
    string? Reason = null
);

/// <summary>What an import comes to.</summary>
/// <param name="Configuration">Torch's own YAML for it, with placeholders for secrets.</param>
/// <param name="Left">What could not be carried, or is otherwise than it was.</param>
public sealed record ImportView(string Configuration, ConfigurationPlan Plan, IReadOnlyList<string> Left);
