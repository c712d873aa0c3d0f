using Torch.EventStore;

namespace Torch.Server.Http;

/// <summary>Why a request is refused, before it becomes problem+json.</summary>
/// <param name="Code">Stable; the last part of the problem's type.</param>
/// <param name="RetryAfterSeconds">Set where trying again later makes sense.</param>
public sealed record Fault(
    int Status,
    string Code,
    string Detail,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors = null,
    int? RetryAfterSeconds = null
)
{
    public static Fault Invalid(string pointer, string message) =>
        new(400, "validation", message, new Dictionary<string, IReadOnlyList<string>> { [pointer] = [message] });

    public static Fault Invalid(IReadOnlyDictionary<string, IReadOnlyList<string>> errors) =>
        new(400, "validation", errors.Values.First()[0], errors);

    public static Fault Malformed(string pointer, string message) =>
        new(400, "malformed_json", message, new Dictionary<string, IReadOnlyList<string>> { [pointer] = [message] });

    /// <summary>The same about a part of a request: what it points at stands below, and it points at the part itself where it pointed at nothing.</summary>
    public Fault Below(string pointer) =>
        this with
        {
            Errors =
                Errors?.ToDictionary(e => pointer + e.Key, e => e.Value)
                ?? new Dictionary<string, IReadOnlyList<string>> { [pointer] = [Detail] },
        };

    public static Fault NotFound(string what) => new(404, "not_found", $"There is no such {what}.");

    public static Fault Conflict(string detail) => new(409, "conflict", detail);

    public static Fault Stale(long wanted, long actual) =>
        new(412, "stale", $"If-Match names version {wanted}, but the current version is {actual}.");

    public static Fault TooLarge(long limitBytes) =>
        new(413, "too_large", $"The body is larger than {limitBytes:N0} bytes.");

    public static Fault UnsupportedMediaType(string expected) =>
        new(415, "unsupported_media_type", $"The body must be {expected}.");

    public static Fault Busy { get; } =
        new(429, "busy", "More requests wait than Torch takes. Try again shortly.", RetryAfterSeconds: 1);

    public static Fault Unavailable { get; } =
        new(
            503,
            "unavailable",
            "The database is away. Try again; with an Idempotency-Key nothing is stored twice.",
            RetryAfterSeconds: 2
        );

    public static Fault DiskFull { get; } =
        new(
            503,
            "disk_full",
            "The database's disk is full. Nothing was stored; Torch goes on by itself once there is space.",
            RetryAfterSeconds: 5
        );

    public static Fault Of(LogUnavailableException away) => away.IsDiskFull ? DiskFull : Unavailable;
}

/// <summary>Carries a <see cref="Fault"/> out of the reading of a request, to the one place that answers problems.</summary>
public sealed class FaultException(Fault fault) : Exception(fault.Detail)
{
    public Fault Fault { get; } = fault;
}
