namespace Torch.Domain.Pushes;

/// <summary>A push key was made: whoever shows its text may report what it opens, and nothing else.</summary>
/// <param name="PushKeyId">Follows from the text: see <see cref="PushKey.IdOf(string)"/>.</param>
/// <param name="Name">For people.</param>
/// <param name="Hash">SHA-256 of the text in hex.</param>
/// <param name="Source">The one source that it opens.</param>
/// <param name="Prefix">In place of a source: it opens every source that begins with this and goes on.</param>
public sealed record PushKeyCreated(
    Guid PushKeyId,
    string Name,
    string Hash,
    string? Source = null,
    string? Prefix = null
) : IEvent;

public sealed record PushKeyRemoved(Guid PushKeyId) : IEvent;

/// <summary>A push key, folded from its stream, and the decisions on it.</summary>
public sealed record PushKey(Guid Id, string Name, string Hash, string? Source, string? Prefix, bool Exists)
{
    private static readonly Guid Space = NameId.Of(WellKnown.Namespace, "push keys");

    /// <summary>Before its first event.</summary>
    public static PushKey Initial { get; } = new(Guid.Empty, "", "", null, null, false);

    /// <summary>The stream of the key with a text: the text alone finds it, and no two keys have the same.</summary>
    public static Guid IdOf(string text) => NameId.Of(Space, text);

    /// <summary>The stream of another key with the same text, for one more of Gatus' endpoints: there several may share a token.</summary>
    /// <param name="text">Of the token.</param>
    /// <param name="endpoint">The endpoint's key as Gatus spells it, <c>group_name</c>.</param>
    public static Guid IdOf(string text, string endpoint) => NameId.Of(IdOf(text), endpoint);

    public static PushKey Evolve(PushKey key, IEvent @event) =>
        @event switch
        {
            PushKeyCreated e => new(e.PushKeyId, e.Name, e.Hash, e.Source, e.Prefix, true),
            PushKeyRemoved => key with { Exists = false },
            _ => key,
        };

    public Decision Create(PushKeyCreated wanted) =>
        Exists ? Decision.Refuse("push_token_taken", "This token opens something already.")
        : wanted.Source is null == wanted.Prefix is null
            ? Decision.Refuse("push_target", "A push key opens one source, or those with a prefix.")
        : Decision.Accept(wanted);

    public Decision Remove() =>
        Exists
            ? Decision.Accept(new PushKeyRemoved(Id))
            : Decision.Refuse("unknown_push_key", "There is no such push key.");

    public bool Opens(string source) =>
        Exists
        && (
            Source == source
            || (
                Prefix is { } prefix
                && source.Length > prefix.Length
                && source.StartsWith(prefix, StringComparison.Ordinal)
            )
        );
}
