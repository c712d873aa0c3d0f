using Torch.Domain.People;
using Torch.EventStore;
using Torch.Server.Features;
using Torch.Server.Http;

namespace Torch.Server.Auth;

/// <summary>Makes accounts where nobody with the right to do so asks: at the first start, and for those whom the provider vouches for.</summary>
internal sealed class PeopleCommands(IEventLog log, People people, Appended appended)
{
    private const int MostAttempts = 8;

    /// <summary>The person, or null where their name can be nobody's.</summary>
    /// <param name="actor">Who brought it about.</param>
    /// <param name="isAllowed">Asked on the very state that is changed.</param>
    public async Task<Person?> TryCreateAsync(
        HttpContext http,
        PersonSettings settings,
        string actor,
        Func<PeopleRegister, bool>? isAllowed = null
    )
    {
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var (known, version) = await people.NowAsync(http.RequestAborted);
            var id = Guid.CreateVersion7();
            var decision = known.Create(id, settings);
            if (decision.Refusal is not null || isAllowed?.Invoke(known) == false)
                return null;
            var append = JournalStreams.OfPeople(decision.Events, version, EventHeaders.OfActor(http, actor));
            var outcome = await log.AppendAsync(new AppendRequest { Streams = [append] }, http.RequestAborted);
            if (outcome is not AppendOutcome.Appended done)
                continue;
            appended.Note(done.Position);
            return (await people.NowAsync(http.RequestAborted)).State.ById(id);
        }
        throw new FaultException(Fault.Busy);
    }
}
