using System.Text.RegularExpressions;

namespace Torch.Domain.Statuses;

public sealed partial class StatusCatalog
{
    private const int MostOwn = 50;

    /// <summary>The shapes that screens can draw.</summary>
    public static IReadOnlyList<string> Shapes { get; } =
    ["circle", "triangle", "hollow-circle", "diamond", "square", "octagon", "wrench", "bars"];

    // Words of the rules' grammar that stand where a status may.
    private static readonly HashSet<string> Reserved =
    [
        .. "is in not at least most and or all any no none child children where for status count percent weight then when ignore as-is".Split(
            ' '
        ),
    ];

    /// <summary>A status of the workspace's own.</summary>
    public Decision Define(Status status) =>
        Find(status.Name) is { } known ? Decision.Refuse("status_exists", $"{known.Name} exists already.")
        : Problem(status) is { } problem ? Decision.Refuse(problem.Code, problem.Detail)
        : Own.Count(s => !s.Removed) >= MostOwn
            ? Decision.Refuse("too_many_statuses", $"A workspace has at most {MostOwn} statuses of its own.")
        : Decision.Accept(
            new StatusDefined(
                status.Name,
                status.Label,
                status.Severity,
                status.Available,
                status.Shape,
                status.Colour!
            )
        );

    /// <summary>Another label, severity, availability, shape or colour. Built-in statuses are the same everywhere.</summary>
    /// <param name="byHand">Nodes that somebody gave it to, for people: they judged by what it meant, so its meaning stays while they show it.</param>
    public Decision Change(Status status, IReadOnlyList<string>? byHand = null) =>
        OwnOrRefusal(status.Name, out var own) is { } refusal ? Decision.Refuse(refusal.Code, refusal.Detail)
        : Problem(status) is { } problem ? Decision.Refuse(problem.Code, problem.Detail)
        : own == status ? Decision.Nothing
        : byHand is { Count: > 0 } && (own!.Severity != status.Severity || own.Available != status.Available)
            ? Decision.Refuse("status_in_use", $"{status.Name} is in use: {string.Join("; ", byHand)}.")
        : Decision.Accept(
            new StatusChanged(
                status.Name,
                status.Label,
                status.Severity,
                status.Available,
                status.Shape,
                status.Colour!
            )
        );

    /// <param name="uses">Where rules, roll-ups, contributions and people name it, for people.</param>
    public Decision Remove(string name, IReadOnlyList<string> uses) =>
        OwnOrRefusal(name, out _) is { } refusal ? Decision.Refuse(refusal.Code, refusal.Detail)
        : uses.Count > 0 ? Decision.Refuse("status_in_use", $"{name} is in use: {string.Join("; ", uses)}.")
        : Decision.Accept(new StatusRemoved(name));

    private Refusal? OwnOrRefusal(string name, out Status? status)
    {
        status = Find(name);
        if (status is null)
            return new("no_such_status", $"There is no status {name}.");
        return BuiltIn.Find(name) is null
            ? null
            : new("built_in_status", $"{name} is built in: it is the same in every workspace.");
    }

    private static Refusal? Problem(Status status) =>
        status switch
        {
            _ when BuiltIn.Find(status.Name) is not null => new("status_exists", $"{status.Name} is built in."),
            _ when !WellFormed().IsMatch(status.Name) || Reserved.Contains(status.Name) => new(
                "bad_status_name",
                "A status's name has 1 to 40 lower-case letters, digits and hyphens, begins with a letter, and is no word of the rules' grammar."
            ),
            _ when string.IsNullOrWhiteSpace(status.Label) || status.Label.Length > 60 => new(
                "bad_label",
                "A label has 1 to 60 characters."
            ),
            { Severity: < 0 or > 100 } => new("severity_out_of_range", "A severity is from 0 (up) to 100, or null."),
            { Severity: null, Available: not null } => new(
                "neutral_and_available",
                "A status without severity is left out of everything, also of availability."
            ),
            _ when !Shapes.Contains(status.Shape) => new(
                "unknown_shape",
                $"\"{status.Shape}\" is no shape; expected {string.Join(", ", Shapes)}."
            ),
            _ when status.Colour is null || !Colour().IsMatch(status.Colour) => new(
                "bad_colour",
                "A colour is written #rrggbb."
            ),
            _ => null,
        };

    [GeneratedRegex("^[a-z](?:-?[a-z0-9]){0,39}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex WellFormed();

    [GeneratedRegex("^#[0-9a-fA-F]{6}$", RegexOptions.NonBacktracking)]
    private static partial Regex Colour();
}
