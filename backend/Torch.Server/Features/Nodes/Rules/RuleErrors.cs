using System.Globalization;
using Torch.Contracts;
using Torch.Domain.Rules;
using Torch.Server.Http;

namespace Torch.Server.Features.Nodes.Rules;

/// <summary>What is wrong with rules, by JSON pointer and column.</summary>
internal static class RuleErrors
{
    public static Fault Fault(IReadOnlyList<RuleProblem> problems) =>
        Http.Fault.Invalid(
            problems.GroupBy(Pointer, Sentence).ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Distinct()])
        );

    public static RuleError View(RuleProblem problem) =>
        new(problem.RuleIndex, problem.Column, problem.Message, problem.Expected, problem.Pointer);

    private static string Pointer(RuleProblem problem) =>
        problem.Code switch
        {
            _ when problem.Pointer is { } pointer => pointer,
            "unknown_roll_up" or "roll_up_on_leaf" => "/rollUp",
            "unknown_match" => "/match",
            _ when problem.RuleIndex < 0 => "/rules",
            _ => string.Create(CultureInfo.InvariantCulture, $"/rules/{problem.RuleIndex}/{Member(problem.Code)}"),
        };

    private static string Member(string code) =>
        code switch
        {
            "unknown_status" => "then",
            "attempts_out_of_range" or "attempts_on_group" => "attempts",
            "for_out_of_range" => "for",
            "name_too_long" => "name",
            _ => "when",
        };

    private static string Sentence(RuleProblem problem)
    {
        var column =
            Member(problem.Code) == "when" && problem.RuleIndex >= 0 && (problem.Pointer is null || problem.Column > 1)
                ? string.Create(CultureInfo.InvariantCulture, $"column {problem.Column}: ")
                : "";
        return column + problem.Message + (problem.Expected is null ? "" : $"; expected {problem.Expected}");
    }
}
