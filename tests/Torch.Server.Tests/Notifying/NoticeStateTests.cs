using Microsoft.Extensions.Logging.Abstractions;
using Torch.Domain;
using Torch.Domain.Notices;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Notifying;

namespace Torch.Server.Tests.Notifying;

/// <summary>Its version fences the stream of notices: one that is too high keeps a server from its own next notice.</summary>
public sealed class NoticeStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    private readonly NoticeState _state = new(NullLogger.Instance);
    private readonly NoticeRaised _notice = new(Guid.NewGuid(), Guid.NewGuid(), NoticeKind.Problem, Now, [], []);

    [Fact]
    public void A_notice_counts_once_where_the_log_tells_of_it_before_its_writer_does()
    {
        _state.Fold(Told(_notice, 1));
        _state.Raised([_notice], 0);

        Version().ShouldBe(1);
    }

    [Fact]
    public void A_notice_counts_once_where_its_writer_tells_of_it_before_the_log_does()
    {
        _state.Raised([_notice], 0);
        _state.Fold(Told(_notice, 1));

        Version().ShouldBe(1);
    }

    private long Version() => _state.Decide(Now, new Nowhere()).Version;

    private static EventPage Told(NoticeRaised notice, long version)
    {
        var data = EventCodec.Encode(notice, Guid.NewGuid());
        var recorded = new RecordedEvent(
            Log.Journal,
            version,
            data.Id,
            WellKnown.Notices,
            version,
            data.Type,
            Now,
            data.Data,
            null
        );
        return new([recorded], version, true);
    }

    private sealed class Nowhere : INoticePlaces
    {
        public IReadOnlySet<Guid> AndAbove(Guid nodeId) => new HashSet<Guid>();

        public bool IsInService(Guid nodeId, DateTimeOffset at) => true;

        public string NameOf(Guid nodeId) => "";

        public string? PathOf(Guid nodeId) => null;
    }
}
