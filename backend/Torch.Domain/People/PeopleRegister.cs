using System.Collections.Immutable;

namespace Torch.Domain.People;

/// <summary>One account.</summary>
/// <param name="Version">Of the stream at its last change: its ETag.</param>
public sealed record Person(Guid Id, PersonSettings Settings, long Version)
{
    public string Name => Settings.Name;

    public bool IsAdmin => Settings.Role == Roles.Admin;
}

/// <summary>
/// Everybody who has an account, folded from the one stream of people: so two commands at once can neither give a name twice nor take the
/// last admin away.
/// </summary>
public sealed record PeopleRegister(ImmutableDictionary<Guid, Person> People)
{
    private const int MostHierarchies = 100;

    private static readonly Refusal Unknown = new("unknown_person", "There is no such person.");

    public static PeopleRegister Empty { get; } = new(ImmutableDictionary<Guid, Person>.Empty);

    public Person? ById(Guid id) => People.GetValueOrDefault(id);

    public Person? ByName(string name) =>
        People.Values.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public PeopleRegister Evolve(IEvent @event, long version) =>
        @event switch
        {
            PersonCreated e => new(People.SetItem(e.PersonId, new(e.PersonId, e.Settings, version))),
            PersonChanged e => new(People.SetItem(e.PersonId, new(e.PersonId, e.Settings, version))),
            PersonRemoved e => new(People.Remove(e.PersonId)),
            PasswordChanged e when ById(e.PersonId) is { } person => new(
                People.SetItem(e.PersonId, person with { Version = version })
            ),
            _ => this,
        };

    public Decision Create(Guid id, PersonSettings settings) =>
        Problem(settings, id) is { } problem ? Refuse(problem)
        // The first account ends the time in which whoever sits at the machine may do everything: somebody must be able to go on.
        : People.IsEmpty && settings.Role != Roles.Admin
            ? Decision.Refuse("first_is_admin", "The first account must be an admin's.")
        : Decision.Accept(new PersonCreated(id, settings));

    /// <summary>Another name or role. Those that they have change nothing.</summary>
    public Decision Change(Guid id, PersonSettings settings) =>
        ById(id) is not { } person ? Refuse(Unknown)
        : Problem(settings, id) is { } problem ? Refuse(problem)
        : IsSame(person.Settings, settings) ? Decision.Nothing
        : settings.Role != Roles.Admin && IsLastAdmin(person) ? Refuse(LastAdmin)
        : Decision.Accept(new PersonChanged(id, settings));

    public Decision Remove(Guid id) =>
        ById(id) is not { } person ? Refuse(Unknown)
        : IsLastAdmin(person) ? Refuse(LastAdmin)
        : Decision.Accept(new PersonRemoved(id));

    public Decision ChangePassword(Guid id) =>
        ById(id) is null ? Refuse(Unknown) : Decision.Accept(new PasswordChanged(id));

    private static readonly Refusal LastAdmin = new(
        "last_admin",
        "Without this admin nobody could administrate: make somebody else an admin first."
    );

    private bool IsLastAdmin(Person person) => person.IsAdmin && People.Values.Count(p => p.IsAdmin) == 1;

    private Refusal? Problem(PersonSettings settings, Guid id) =>
        !IsName(settings.Name)
            ? new(
                "bad_person_name",
                "A name to sign in with has 1 to 100 letters, digits and the characters . _ @ + -."
            )
        : !Roles.All.Contains(settings.Role) ? new("unknown_role", "A role is viewer, editor or admin.")
        : settings.FullName is { } full && Names.Problem(full) is { } problem ? new("bad_full_name", problem)
        : settings.Hierarchies is { } roots && (settings.Role == Roles.Admin || roots.Count is 0 or > MostHierarchies)
            ? new("bad_hierarchies", "A viewer or an editor may be limited to 1 to 100 hierarchies; an admin is not.")
        : ByName(settings.Name) is { } other && other.Id != id
            ? new("person_exists", $"Somebody else is called {other.Name}.")
        : null;

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 100 && name.All(c => char.IsLetterOrDigit(c) || ".@_+-".Contains(c));

    private static bool IsSame(PersonSettings one, PersonSettings other) =>
        one with { Hierarchies = null } == other with { Hierarchies = null }
        && (one.Hierarchies ?? []).Order().SequenceEqual((other.Hierarchies ?? []).Order());

    private static Decision Refuse(Refusal refusal) => Decision.Refuse(refusal.Code, refusal.Detail);
}
