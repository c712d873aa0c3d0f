using Microsoft.Extensions.Logging.Abstractions;
using Torch.Domain.Nodes;
using Torch.Server.Evaluating;
using Torch.Server.Features;
using Torch.Server.Features.Nodes;

namespace Torch.Server.Tests.Features;

/// <summary>Whether an acknowledgement stands, the evaluator knows; until it has seen it, nobody may take it for cleared.</summary>
public sealed class AcknowledgementRaceTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    private readonly NodeWorld _world = new(fixture.Client);

    [Fact]
    public void An_acknowledgement_stands_until_the_evaluator_has_seen_it_and_then_as_long_as_it_says()
    {
        var evaluation = new Evaluation(NullLogger<Evaluation>.Instance);
        var node = new Versioned<Node>(Node.Initial with { Id = Guid.NewGuid() }, 3) { Position = 100 };
        evaluation.Advance(99, 0);
        MaskChange.Stands(evaluation, node).ShouldBeTrue();
        evaluation.Advance(100, 0);
        MaskChange.Stands(evaluation, node).ShouldBeFalse();
    }

    [Fact]
    public async Task The_same_acknowledgement_many_times_at_once_is_written_once()
    {
        var (leaf, _) = await _world.LeafAsync("Disk", status: "critical");
        await _world.UntilAsync(leaf, n => n.Text("status") == "critical");
        var path = $"{NodeWorld.Nodes}/{leaf}/acknowledgement";
        await Task.WhenAll(
            Enumerable.Range(0, 12).Select(_ => _world.DoAsync("PUT", path, """{"reason":"ticket 42"}"""))
        );
        await using var command = fixture.Torch.Database.DataSource.CreateCommand(
            $"select count(*) from journal.mt_events where stream_id = '{leaf}' and type = 'node_acknowledged'"
        );
        (await command.ExecuteScalarAsync()).ShouldBe(1L);
    }
}
