namespace Torch.Domain.People;

/// <summary>Who a person is, and what they may do.</summary>
/// <param name="Name">What they sign in with.</param>
/// <param name="Role">See <see cref="Roles"/>.</param>
/// <param name="FullName">As others call them.</param>
/// <param name="Hierarchies">The roots below which an editor may change things, and below which a viewer sees them; null for everywhere.</param>
public sealed record PersonSettings(
    string Name,
    string Role,
    string? FullName = null,
    IReadOnlyList<Guid>? Hierarchies = null
);

/// <summary>In the stream of people: there is an account.</summary>
public sealed record PersonCreated(Guid PersonId, PersonSettings Settings) : IEvent;

/// <summary>In the stream of people: another name or role.</summary>
public sealed record PersonChanged(Guid PersonId, PersonSettings Settings) : IEvent;

/// <summary>In the stream of people: there is no such account any more, and all its sessions have ended.</summary>
public sealed record PersonRemoved(Guid PersonId) : IEvent;

/// <summary>In the stream of people: a password was set, and other sessions have ended. The password itself is in no event.</summary>
public sealed record PasswordChanged(Guid PersonId) : IEvent;

/// <summary>In the stream of sign-ins: somebody came in.</summary>
/// <param name="PersonId">Null for who came with a key.</param>
/// <param name="Name">The person's, or the key's.</param>
/// <param name="Means"><c>password</c>, <c>key</c>, <c>provider</c> or <c>setup</c>.</param>
public sealed record SignedIn(Guid? PersonId, string Name, string Means) : IEvent;

/// <summary>In the stream of sign-ins: somebody was not let in.</summary>
/// <param name="Name">What they called themselves, shortened.</param>
/// <param name="Reason">A stable word: <c>wrong_password</c>, <c>wrong_key</c>, <c>wrong_token</c>, <c>no_account</c>, <c>link_first</c>, <c>taken</c>, <c>provider_failed</c>.</param>
/// <param name="Attempts">How many in a row from that address, this one included: not every one of many is told.</param>
public sealed record SignInRefused(string Name, string Reason, long Attempts) : IEvent;

/// <summary>In the stream of sign-ins: a browser session was ended by somebody, before its time.</summary>
/// <param name="PersonId">Whose it was; null for who had come with a key.</param>
public sealed record SessionRevoked(Guid SessionId, Guid? PersonId) : IEvent;
