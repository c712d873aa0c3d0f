using Torch.Domain;
using Torch.Domain.Checks;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Evaluating;

/// <summary>The event that says nothing but that time has passed: always true, and harmless however often it is written.</summary>
internal static class ClockTick
{
    public static AppendRequest At(DateTimeOffset now)
    {
        var tick = EventCodec.Encode(new ClockTicked(), Guid.CreateVersion7(now));
        return new AppendRequest { Streams = [new StreamAppend(Log.Telemetry, WellKnown.Clock, [tick], "clock")] };
    }
}
