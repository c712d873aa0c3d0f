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

    /// <summary>Nothing was left to try with (descriptors, ports, memory): whatever else was tried decides nothing.</summary>
    public bool IsExhaustion { get; private init; }

    /// <summary>
    /// What the tries of several addresses come to. Where one of them could not even begin, the others do not speak for the target; otherwise what
    /// the target did outweighs what this machine could not do, such as a family without a route.
    /// </summary>
    public static ProbeFault Deciding(IReadOnlyList<ProbeFault> faults) =>
        faults.FirstOrDefault(fault => fault.IsExhaustion)
        ?? faults.FirstOrDefault(fault => fault.Cause is not Causes.Local)
        ?? faults[0];

    public static ProbeFault Exhausted(string message, Exception inner) =>
        new(Causes.Local, message, inner) { IsExhaustion = true };

    public static ProbeFault Local(string message, Exception? inner = null) => new(Causes.Local, message, inner);
}
