namespace Torch.Contracts;

/// <summary>Signs a browser in: with a name and a password, or with an API key.</summary>
/// <param name="Key">An API key; absent with a name.</param>
/// <param name="Name">Absent with a key.</param>
public sealed record SignIn(string? Key = null, string? Name = null, string? Password = null);

/// <summary>Who is signed in, and what they may do.</summary>
/// <param name="Required">False where nobody has an account and no key is needed: whoever sits at the machine may do everything.</param>
/// <param name="Rights">Of <c>read</c>, <c>ingest</c>, <c>write</c> and <c>admin</c>.</param>
/// <param name="PersonId">Null for who came with a key, and where none is needed.</param>
/// <param name="Hierarchies">The roots below which they may change things, or, without the right to, see them; null for everywhere.</param>
/// <param name="Setup">True while nobody can sign in as an admin: the token that was printed at the start makes the first account.</param>
/// <param name="Passwords">True where people have accounts here, so that a name and a password may open it.</param>
/// <param name="Provider">What the sign-in provider is called; null without one.</param>
/// <param name="Linked">Whether the provider lets this person in; null without one, and for who is no person.</param>
public sealed record SessionView(
    bool Required,
    bool SignedIn,
    string? Actor,
    IReadOnlyList<string> Rights,
    Guid? PersonId,
    IReadOnlyList<Guid>? Hierarchies,
    bool Setup,
    bool Passwords,
    string? Provider,
    bool? Linked
);

/// <summary>Makes the first account, an admin's.</summary>
/// <param name="Token">As Torch printed it when it started.</param>
/// <param name="Password">12 to 128 characters.</param>
public sealed record SetUp(string Token, string Name, string Password);

/// <summary>Gives oneself another password.</summary>
/// <param name="Current">The one before.</param>
/// <param name="Password">12 to 128 characters. All other sessions end.</param>
public sealed record ChangePassword(string Current, string Password);

/// <summary>Gives somebody a password. All their sessions end.</summary>
/// <param name="Password">12 to 128 characters.</param>
public sealed record SetPassword(string Password);

/// <summary>A new account.</summary>
/// <param name="Name">What they sign in with: 1 to 100 letters, digits and <c>. _ @ + -</c>.</param>
/// <param name="Role"><c>viewer</c>, <c>editor</c> or <c>admin</c>. The first account is an admin's.</param>
/// <param name="FullName">As others call them.</param>
/// <param name="Hierarchies">Roots below which an editor may change things, and which a viewer sees alone; everywhere where absent.</param>
/// <param name="Password">12 to 128 characters; without one they sign in through the provider.</param>
public sealed record PersonRequest(
    string Name,
    string Role,
    string? FullName = null,
    IReadOnlyList<Guid>? Hierarchies = null,
    string? Password = null
);

/// <summary>Changes an account; what is absent stays.</summary>
/// <param name="Hierarchies">An empty list takes the limit away.</param>
public sealed record PersonChange(
    string? Name = null,
    string? Role = null,
    string? FullName = null,
    IReadOnlyList<Guid>? Hierarchies = null
);

/// <summary>An account.</summary>
/// <param name="HasPassword">False for who signs in through the provider alone, or not at all yet.</param>
/// <param name="Version">The ETag.</param>
public sealed record PersonView(
    Guid Id,
    string Name,
    string? FullName,
    string Role,
    IReadOnlyList<Guid>? Hierarchies,
    bool HasPassword,
    long Version
);

/// <summary>A browser that is signed in.</summary>
/// <param name="Actor">Who.</param>
/// <param name="PersonId">Null for who came with a key.</param>
/// <param name="SeenAt">To a minute.</param>
/// <param name="Origin">The address that it was begun from.</param>
/// <param name="Agent">What the browser calls itself.</param>
/// <param name="Current">It is the one that asks.</param>
public sealed record SignedInBrowser(
    Guid Id,
    string Actor,
    Guid? PersonId,
    DateTimeOffset StartedAt,
    DateTimeOffset SeenAt,
    string Origin,
    string? Agent,
    bool Current
);

/// <summary>A new key of the API.</summary>
/// <param name="Scopes">Of <c>ingest</c> (report), <c>read</c>, <c>write</c> (and read) and <c>admin</c> (everything).</param>
/// <param name="SourcePrefix">With <c>ingest</c> alone: it may report only on sources that begin like this, such as <c>backup/</c>.</param>
/// <param name="ExpiresAt">When it ceases to work; never where absent.</param>
/// <param name="PerSecond">How many reports and requests a second: 1 to 1,000,000; 20,000 where absent.</param>
public sealed record KeyRequest(
    string Name,
    IReadOnlyList<string> Scopes,
    string? SourcePrefix = null,
    DateTimeOffset? ExpiresAt = null,
    int? PerSecond = null
);

/// <summary>Changes a key; what is absent stays.</summary>
/// <param name="SourcePrefix">An empty text takes it away.</param>
/// <param name="Expires">False takes the expiry away.</param>
public sealed record KeyChange(
    string? Name = null,
    IReadOnlyList<string>? Scopes = null,
    string? SourcePrefix = null,
    DateTimeOffset? ExpiresAt = null,
    bool? Expires = null,
    int? PerSecond = null
);

/// <summary>Exchanges the text of a key for a new one.</summary>
/// <param name="Overlap">How long the one before goes on working: PT0S to P30D, P1D where absent.</param>
public sealed record KeyRotation(TimeSpan? Overlap = null);

/// <summary>A key of the API, without its text, which Torch does not know.</summary>
/// <param name="PreviousUntil">When the text before its present one ceases to work; null where none does.</param>
/// <param name="LastUsedFrom">The address.</param>
/// <param name="Version">The ETag.</param>
public sealed record KeyView(
    Guid Id,
    string Name,
    IReadOnlyList<string> Scopes,
    string? SourcePrefix,
    DateTimeOffset? ExpiresAt,
    bool Expired,
    int PerSecond,
    DateTimeOffset? PreviousUntil,
    DateTimeOffset? LastUsedAt,
    string? LastUsedFrom,
    long Version
);

/// <summary>A key with its text, told this once.</summary>
/// <param name="Key"><c>torch_(id)_(secret)</c>; Torch keeps only its SHA-256.</param>
/// <param name="PreviousUntil">When the text before ceases to work; null for a new key.</param>
public sealed record KeyMade(
    Guid Id,
    string Name,
    string Key,
    DateTimeOffset? PreviousUntil,
    long Position,
    long Version
);
