using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace Torch.Server.Auth;

internal enum CallerKind
{
    /// <summary>Whoever sits at the machine, while nobody has an account and no admin key is set.</summary>
    Local,

    /// <summary>Who shows the preset admin key.</summary>
    Admin,

    Key,
    Agent,
    Person,
}

/// <summary>Who asks.</summary>
/// <param name="Id">Names them for ever and apart from all others: <c>local</c>, <c>admin</c>, <c>key:...</c>, <c>agent:...</c>, <c>person:...</c>.</param>
/// <param name="Name">As people know them, and as the log names them.</param>
internal sealed record Caller(CallerKind Kind, string Id, string Name, Right Rights)
{
    private AuthenticateResult? _ticket;

    /// <summary>The key's, agent's or person's own id; none for others.</summary>
    public Guid? Subject { get; init; }

    /// <summary>What a key may report on begins like this; null for anything.</summary>
    public string? SourcePrefix { get; init; }

    /// <summary>The roots below which a person may change things; null for everywhere.</summary>
    public IReadOnlyList<Guid>? Hierarchies { get; init; }

    /// <summary>The roots below which they see things, and of others nothing; null for everywhere. See <see cref="Auth.Sight"/>.</summary>
    public IReadOnlyList<Guid>? Sees { get; init; }

    /// <summary>Reports and requests a second; null for as many as come.</summary>
    public int? PerSecond { get; init; }

    /// <summary>The browser session that the request came with.</summary>
    public Guid? Session { get; private init; }

    public static Caller Local { get; } = new(CallerKind.Local, "local", "local", Auth.Rights.Everything);

    public static Caller Admin { get; } = new(CallerKind.Admin, "admin", "admin", Auth.Rights.Everything);

    /// <summary>Made once for each caller: authentication is on the way of every report.</summary>
    public AuthenticateResult Ticket =>
        _ticket ??= AuthenticateResult.Success(
            new AuthenticationTicket(new TorchPrincipal(this), TorchAuthentication.SchemeName)
        );

    /// <summary>The same, come with a session.</summary>
    public Caller In(Guid session) => this with { Session = session, _ticket = null };

    public bool May(Right right) => (Rights & right) == right;
}

/// <summary>A caller as ASP.NET carries it.</summary>
internal sealed class TorchPrincipal(Caller caller)
    : ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, caller.Name)], TorchAuthentication.SchemeName))
{
    public Caller Caller => caller;
}

/// <summary>Who asks, and from where.</summary>
internal static class Callers
{
    /// <summary>Null where nobody is known.</summary>
    public static Caller? Caller(this HttpContext http) => (http.User as TorchPrincipal)?.Caller;

    /// <summary>Whether they may read, and see everything: for what is open to everybody and tells some more.</summary>
    public static bool ReadsAll(this HttpContext http) =>
        http.Caller() is { Sees: null } caller && caller.May(Right.Read);

    /// <summary>As the log names them.</summary>
    public static string Actor(this HttpContext http) => http.Caller()?.Name ?? "anonymous";

    /// <summary>The holder of the key that the request came with.</summary>
    public static Guid Holder(this HttpContext http) =>
        http.Caller()?.Subject ?? throw new InvalidOperationException("only who has an id of their own comes here");

    public static IPAddress Peer(this HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}
