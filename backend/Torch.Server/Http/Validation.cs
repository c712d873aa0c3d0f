using System.Text;
using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;

namespace Torch.Server.Http;

/// <summary>Runs a validator and names what it finds by JSON pointer.</summary>
internal static class Validation
{
    public static void Check<T>(IValidator<T> validator, T value, string prefix = "")
    {
        var result = validator.Validate(value);
        if (!result.IsValid)
            throw new FaultException(Fault.Invalid(Errors(result, prefix)));
    }

    public static Dictionary<string, IReadOnlyList<string>> Errors(ValidationResult result, string prefix = "") =>
        result
            .Errors.GroupBy(e => prefix + Pointer(e.PropertyName), e => e.ErrorMessage)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Distinct()]);

    /// <summary>Turns <c>Http.Headers[0]</c> into <c>/http/headers/0</c>.</summary>
    public static string Pointer(string property)
    {
        var pointer = new StringBuilder();
        foreach (var step in property.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries))
            pointer.Append('/').Append(JsonNamingPolicy.CamelCase.ConvertName(step));
        return pointer.ToString();
    }
}
