using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Torch.EventStore;
using Torch.Server.Evaluating;

namespace Torch.Server.Tests.Features;

public sealed class UnknownEventTests : TorchTest
{
    [Fact]
    public async Task An_event_of_an_unknown_type_is_shown_and_counted_and_folded_by_nobody()
    {
        var id = Guid.CreateVersion7();
        var data = new EventData(id, "from_the_future", Encoding.UTF8.GetBytes("""{"a":{"b":1}}"""));
        var request = new AppendRequest
        {
            Streams = [new StreamAppend(Log.Journal, Guid.CreateVersion7(), [data], "x")],
        };
        var log = _torch.Services.GetRequiredService<EventLog>();
        var outcome = await log.AppendAsync(request, TestContext.Current.CancellationToken);
        var position = outcome.ShouldBeOfType<AppendOutcome.Appended>().Position;

        var shown = (await _client.FetchAsync("/api/v1/events?types=from_the_future")).Items().ShouldHaveSingleItem();
        (shown.Text("id"), shown.Number("position")).ShouldBe((id.ToString(), position));
        shown.GetProperty("data").GetProperty("a").GetProperty("b").GetInt32().ShouldBe(1);
        var evaluation = _torch.Services.GetRequiredService<IEvaluation>();
        await evaluation.WaitForAsync(position, TestContext.Current.CancellationToken);
        evaluation.Unknown["from_the_future"].ShouldBe(1);
        evaluation.Parked.ShouldBeEmpty();
        (await _torch.Database.CountAsync("torch_log.parked_events")).ShouldBe(0);
    }
}
