using Torch.Domain.People;

namespace Torch.Domain.Tests.People;

public sealed class PeopleRegisterTests
{
    private static readonly Guid Ada = new("0190a000-0000-7000-8000-000000000001");
    private static readonly Guid Bob = new("0190a000-0000-7000-8000-000000000002");
    private static readonly PersonSettings Admin = new("ada", Roles.Admin);
    private static readonly PersonSettings Editor = new("bob", Roles.Editor, "Bob B.", [Ada]);

    private static PeopleRegister Given(params IReadOnlyList<IEvent> events)
    {
        var (people, version) = (PeopleRegister.Empty, 0L);
        foreach (var @event in events)
            people = people.Evolve(@event, ++version);
        return people;
    }

    [Fact]
    public void The_first_account_is_an_admins()
    {
        PeopleRegister.Empty.Create(Bob, Editor).Refusal!.Code.ShouldBe("first_is_admin");
        PeopleRegister.Empty.Create(Ada, Admin).Events.ShouldHaveSingleItem().ShouldBe(new PersonCreated(Ada, Admin));
    }

    [Fact]
    public void A_name_is_one_persons_whatever_its_case()
    {
        var people = Given(new PersonCreated(Ada, Admin));

        people.Create(Bob, Admin with { Name = "ADA" }).Refusal!.Code.ShouldBe("person_exists");
        people.Change(Ada, Admin with { Name = "Ada" }).Events.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("agent x")]
    [InlineData("a:b")]
    public void What_cannot_be_typed_at_the_door_is_no_name(string name) =>
        PeopleRegister.Empty.Create(Ada, Admin with { Name = name }).Refusal!.Code.ShouldBe("bad_person_name");

    [Fact]
    public void An_admin_is_limited_to_no_hierarchies()
    {
        var people = Given(new PersonCreated(Ada, Admin));

        people.Create(Bob, Editor).Refusal.ShouldBeNull();
        people.Create(Bob, Editor with { Role = Roles.Viewer }).Refusal.ShouldBeNull();
        people.Create(Bob, Editor with { Role = Roles.Admin }).Refusal!.Code.ShouldBe("bad_hierarchies");
        people.Create(Bob, Editor with { Hierarchies = [] }).Refusal!.Code.ShouldBe("bad_hierarchies");
        people.Create(Bob, Editor with { Role = "king" }).Refusal!.Code.ShouldBe("unknown_role");
    }

    [Fact]
    public void What_holds_already_changes_nothing()
    {
        var people = Given(new PersonCreated(Ada, Admin), new PersonCreated(Bob, Editor));

        people.Change(Bob, Editor with { Hierarchies = [Ada] }).Events.ShouldBeEmpty();
        people.Change(Bob, Editor with { Role = Roles.Viewer, Hierarchies = null }).Events.Count.ShouldBe(1);
    }

    [Fact]
    public void The_last_admin_stays_one_and_one_of_two_may_go()
    {
        var one = Given(new PersonCreated(Ada, Admin), new PersonCreated(Bob, Editor));
        var two = one.Evolve(new PersonChanged(Bob, Admin with { Name = "bob" }), 3);

        one.Remove(Ada).Refusal!.Code.ShouldBe("last_admin");
        one.Change(Ada, Admin with { Role = Roles.Viewer }).Refusal!.Code.ShouldBe("last_admin");
        one.Remove(Bob).Refusal.ShouldBeNull();
        two.Remove(Ada).Events.ShouldHaveSingleItem().ShouldBe(new PersonRemoved(Ada));
    }

    [Fact]
    public void Who_is_gone_is_unknown()
    {
        var people = Given(new PersonCreated(Ada, Admin), new PersonCreated(Bob, Editor), new PersonRemoved(Bob));

        people.ById(Bob).ShouldBeNull();
        people.Remove(Bob).Refusal!.Code.ShouldBe("unknown_person");
        people.ChangePassword(Bob).Refusal!.Code.ShouldBe("unknown_person");
        people.Create(Bob, Editor).Refusal.ShouldBeNull();
    }

    [Fact]
    public void Each_has_the_version_of_its_own_last_change()
    {
        var people = Given(new PersonCreated(Ada, Admin), new PersonCreated(Bob, Editor), new PasswordChanged(Ada));

        people.ById(Ada)!.Version.ShouldBe(3);
        people.ById(Bob)!.Version.ShouldBe(2);
    }
}
