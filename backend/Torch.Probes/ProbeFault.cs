using Torch.Contracts;

namespace Torch.Probes;

/// <summary>The stable words of <see cref="ProbeCompleted.Cause"/>.</summary>
public static class Causes
{
    public const string Dns = "dns";
    public const string Refused = "refused";
    public const string Unreachable = "unreachable";
    public const string Reset = "reset";
    public const string Timeout = "timeout";
    public const string Tls = "tls";
    public const string Certificate = "certificate";
    public const string StatusCode = "status_code";
    public const string Header = "header";
    public const string Body = "body";
    public const string Json = "json";
    public const string Redirect = "redirect";
    public const string Rcode = "rcode";
    public const string Answer = "answer";
    public const string Loss = "loss";
    public const string Login = "login";
    public const string Query = "query";
    public const string Protocol = "protocol";
    public const string Address = "address";
    public const string Local = "local";
}

/// <summary>Why a probe ended early. Travels as an exception because it must cross <see cref="SocketsHttpHandler"/>.</summary>
internal sealed class ProbeFault(string cause, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Cause { get; } = cause;

    /// <summary>Torch's own fault is never held against the target.</summary>
    public ProbeOutcome Outcome => Cause is Causes.Local ? ProbeOutcome.Inconclusive : ProbeOutcome.Down;

    public static ProbeFault Local(string message, Exception? inner = null) => new(Causes.Local, message, inner);
}
