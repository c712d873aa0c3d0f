using System.Net.Sockets;

namespace Torch.Probes.Net;

/// <summary>From whatever ended a probe to its cause.</summary>
internal static class Faults
{
    public static ProbeFault Of(Exception fault) =>
        Chain(fault).OfType<ProbeFault>().FirstOrDefault()
        ?? Chain(fault).OfType<SocketException>().Select(OfTalking).FirstOrDefault()
        ?? Chain(fault).OfType<HttpIOException>().Select(io => OfHttp(io.HttpRequestError, io)).FirstOrDefault()
        ?? Chain(fault).OfType<HttpRequestException>().Select(OfRequest).FirstOrDefault()
        ?? OfRest(fault);

    /// <summary>A resolver that stays silent is ours to answer for; whatever comes after it is the target's.</summary>
    public static ProbeFault OfTimeout(TimeSpan timeout, ProbeRecording recording) =>
        recording.Address is null
            ? ProbeFault.Local($"The agent's resolver did not answer within {timeout.TotalSeconds:0.###} s.")
            : new(Causes.Timeout, $"Not done within {timeout.TotalSeconds:0.###} s; still {recording.Phase}.");

    public static ProbeFault ClosedEarly(Exception? fault = null) =>
        new(Causes.Reset, "The target closed the connection before its answer was complete.", fault);

    private static IEnumerable<Exception> Chain(Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException)
            yield return fault;
    }

    private static ProbeFault OfTalking(SocketException fault) =>
        fault.SocketErrorCode is SocketError.Shutdown ? ClosedEarly(fault) : SocketFaults.OfConnecting(fault);

    private static ProbeFault OfRequest(HttpRequestException fault) => OfHttp(fault.HttpRequestError, fault);

    private static ProbeFault OfHttp(HttpRequestError? error, Exception fault) =>
        error switch
        {
            HttpRequestError.ResponseEnded => ClosedEarly(fault),
            HttpRequestError.ConfigurationLimitExceeded => new(
                Causes.Protocol,
                "The answer's headers exceed 64 KiB.",
                fault
            ),
            HttpRequestError.VersionNegotiationError => new(
                Causes.Protocol,
                "The target does not speak the HTTP version that the check asks for.",
                fault
            ),
            _ => new(Causes.Protocol, "The answer is not valid HTTP.", fault),
        };

    private static ProbeFault OfRest(Exception fault) =>
        fault switch
        {
            InvalidDataException => new(Causes.Protocol, "The body cannot be decompressed.", fault),
            IOException => new(Causes.Reset, "The target broke off the connection.", fault),
            _ => ProbeFault.Local($"The agent could not run the probe ({fault.GetType().Name}).", fault),
        };
}
