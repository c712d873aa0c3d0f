using Torch.Domain.Nodes;

namespace Torch.Domain.Tests.Nodes;

public sealed class TopologyDependencyTests
{
    private static readonly Guid A = NameId.Of(Guid.Empty, "a");
    private static readonly Guid B = NameId.Of(Guid.Empty, "b");
    private static readonly Guid C = NameId.Of(Guid.Empty, "c");

    private readonly Topology _topology = new();

    // a > b > c, as dependencies.
    public TopologyDependencyTests()
    {
        foreach (var id in (Guid[])[A, B, C])
            Apply(_topology.Create(id, false, null, 1));
        Apply(_topology.Depend(A, B));
        Apply(_topology.Depend(B, C));
    }

    [Fact]
    public void A_node_cannot_depend_on_itself()
    {
        var refusal = _topology.Depend(A, A, Name).Refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe("cycle");
        refusal.Detail.ShouldBe($"a ({A}) cannot depend on itself.");
    }

    [Fact]
    public void A_cycle_of_dependencies_is_refused_with_the_path_that_would_close_it()
    {
        var refusal = _topology.Depend(C, A, Name).Refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe("cycle");
        refusal.Detail.ShouldContain($"c ({C}) > a ({A}) > b ({B}) > c ({C})");
    }

    [Fact]
    public void Unknown_nodes_are_refused()
    {
        _topology.Depend(A, NameId.Of(A, "x")).Refusal!.Code.ShouldBe("unknown_node");
        _topology.Depend(NameId.Of(A, "x"), A).Refusal!.Code.ShouldBe("unknown_node");
        _topology.Undepend(NameId.Of(A, "x"), A).Refusal!.Code.ShouldBe("unknown_node");
    }

    [Fact]
    public void The_same_dependency_again_says_nothing()
    {
        Apply(_topology.Depend(A, B)).ShouldBeEmpty();
        Apply(_topology.Undepend(A, B)).Count.ShouldBe(1);
        Apply(_topology.Undepend(A, B)).ShouldBeEmpty();
    }

    [Fact]
    public void A_deleted_node_leaves_no_dependency_behind()
    {
        Apply(_topology.Delete(B));
        _topology.DependenciesOf(A).ShouldBeEmpty();
        _topology.Depend(C, A).Refusal.ShouldBeNull();
    }

    private static string Name(Guid id) =>
        id == A ? "a"
        : id == B ? "b"
        : "c";

    private IReadOnlyList<IEvent> Apply(Decision decision)
    {
        decision.Refusal.ShouldBeNull();
        foreach (var @event in decision.Events)
            _topology.Fold(@event);
        return decision.Events;
    }
}
