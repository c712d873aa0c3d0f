using Torch.Domain.Nodes;

namespace Torch.Domain.Tests.Nodes;

public sealed class TopologyTests
{
    private static readonly Guid A = NameId.Of(Guid.Empty, "a");
    private static readonly Guid B = NameId.Of(Guid.Empty, "b");
    private static readonly Guid C = NameId.Of(Guid.Empty, "c");
    private static readonly Guid Leaf = NameId.Of(Guid.Empty, "leaf");

    private readonly Topology _topology = new();

    public TopologyTests()
    {
        // a > b > c > leaf
        Apply(_topology.Create(A, false, null, 1));
        Apply(_topology.Create(B, false, A, 1));
        Apply(_topology.Create(C, false, B, 1));
        Apply(_topology.Create(Leaf, true, C, 1));
    }

    [Fact]
    public void Moving_a_node_under_its_own_child_is_refused()
    {
        var refusal = _topology.Move(A, null, C, Name).Refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe("cycle");
        refusal.Detail.ShouldContain($"a ({A}) > b ({B}) > c ({C}) > a ({A})");
    }

    [Fact]
    public void A_second_parent_that_closes_a_loop_is_refused() =>
        _topology.Link(C, B, nameOf: Name).Refusal!.Code.ShouldBe("cycle");

    [Fact]
    public void A_node_under_itself_is_refused() => _topology.Link(A, A, nameOf: Name).Refusal!.Code.ShouldBe("cycle");

    [Fact]
    public void A_leaf_has_no_children() => _topology.Link(Leaf, C).Refusal!.Code.ShouldBe("leaf_as_parent");

    [Fact]
    public void Unknown_nodes_are_refused()
    {
        _topology.Create(Guid.Empty, false, NameId.Of(A, "x"), 1).Refusal!.Code.ShouldBe("unknown_parent");
        _topology.Move(NameId.Of(A, "x"), null, A).Refusal!.Code.ShouldBe("unknown_node");
        _topology.Delete(NameId.Of(A, "x")).Refusal!.Code.ShouldBe("unknown_node");
    }

    [Fact]
    public void The_same_link_again_says_nothing()
    {
        Apply(_topology.Link(A, C, weight: 2)).Count.ShouldBe(1);
        Apply(_topology.Link(A, C, weight: 2)).ShouldBeEmpty();
        Apply(_topology.Link(A, C, weight: 3)).Count.ShouldBe(1);
        _topology.Parents(C).Count.ShouldBe(2);
    }

    [Fact]
    public void A_move_of_a_node_with_two_parents_must_name_one()
    {
        Apply(_topology.Link(A, C));
        _topology.Move(C, null, null).Refusal!.Code.ShouldBe("from_parent_needed");
        Apply(_topology.Move(C, B, null));
        _topology.Parents(C).ShouldHaveSingleItem().ParentId.ShouldBe(A);
    }

    [Fact]
    public void A_move_keeps_the_edge_as_it_was()
    {
        Apply(_topology.Link(B, C, weight: 5, required: true, contribution: "cap degraded"));
        Apply(_topology.Move(C, null, A));
        _topology.Parents(C).ShouldHaveSingleItem().ShouldBe(new Edge(A, C, 5, true, "cap degraded"));
    }

    [Fact]
    public void Deleting_spares_descendants_that_have_another_parent()
    {
        Apply(_topology.Link(A, C));
        Apply(_topology.Delete(B)).ShouldBe([new NodeRemoved(B)]);
        _topology.Contains(C).ShouldBeTrue();
        Apply(_topology.Delete(A)).ShouldBe([new NodeRemoved(A), new NodeRemoved(C), new NodeRemoved(Leaf)]);
    }

    [Fact]
    public void Unlinking_twice_says_nothing_the_second_time()
    {
        Apply(_topology.Unlink(A, B)).Count.ShouldBe(1);
        Apply(_topology.Unlink(A, B)).ShouldBeEmpty();
    }

    private static string Name(Guid id) =>
        id == A ? "a"
        : id == B ? "b"
        : id == C ? "c"
        : "leaf";

    private IReadOnlyList<IEvent> Apply(Decision decision)
    {
        decision.Refusal.ShouldBeNull();
        foreach (var @event in decision.Events)
            _topology.Fold(@event);
        return decision.Events;
    }
}
