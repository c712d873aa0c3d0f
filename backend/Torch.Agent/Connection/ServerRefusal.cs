using System.Net;

namespace Torch.Agent.Connection;

/// <summary>The server answered, and did not do it.</summary>
/// <param name="code">The last part of the problem's type: <c>fenced</c>, <c>unauthenticated</c>; empty where the answer was none of Torch's.</param>
public sealed class ServerRefusalException(HttpStatusCode status, string code, string detail)
    : Exception($"the server answered {(int)status}{(code.Length == 0 ? "" : $" {code}")}: {detail}")
{
    public HttpStatusCode Status => status;

    public string Code => code;

    /// <summary>The key opens nothing: only a person can help.</summary>
    public bool IsWrongKey => status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;

    /// <summary>Another process works with this agent's key.</summary>
    public bool IsFenced => code == "fenced";

    /// <summary>The session is over; another one may be opened.</summary>
    public bool IsOver => code == "session_over";
}
