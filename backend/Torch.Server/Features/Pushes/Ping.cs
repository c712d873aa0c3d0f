using System.Globalization;

namespace Torch.Server.Features.Pushes;

/// <summary>What a Healthchecks ping says.</summary>
internal enum PingKind
{
    Success,
    Fail,
    Start,
    Log,
}

/// <summary>A Healthchecks ping's address, read.</summary>
/// <param name="Token">The check's UUID, or a ping key.</param>
/// <param name="Slug">The check below a ping key; null with a UUID.</param>
/// <param name="ExitCode">0 to 255, where it said one.</param>
internal sealed record Ping(string Token, string? Slug, PingKind Kind, int? ExitCode)
{
    /// <summary><c>{uuid}[/action]</c> or <c>{ping key}/{slug}[/action]</c>; null where it is neither.</summary>
    public static Ping? Read(string token, string? second, string? third)
    {
        var isOne = Guid.TryParseExact(token, "D", out _);
        var (slug, action) = isOne ? (null, second) : (second, third);
        if ((isOne ? third is not null : slug is null) || Action(action) is not var (kind, code))
            return null;
        return new(isOne ? token.ToLowerInvariant() : token, slug, kind, code);
    }

    /// <summary>Whether the action is a number that no process ends with.</summary>
    public static bool IsBadExitCode(string? action) =>
        action is { Length: > 0 } && action.All(char.IsAsciiDigit) && Action(action) is null;

    private static (PingKind, int?)? Action(string? action) =>
        action switch
        {
            null => (PingKind.Success, null),
            "start" => (PingKind.Start, null),
            "fail" => (PingKind.Fail, null),
            "log" => (PingKind.Log, null),
            _ when byte.TryParse(action, NumberStyles.None, CultureInfo.InvariantCulture, out var code) => (
                code == 0 ? PingKind.Success : PingKind.Fail,
                code
            ),
            _ => null,
        };
}
