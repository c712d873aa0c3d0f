using Torch.Domain;
using Torch.Domain.People;
using Torch.EventStore;

namespace Torch.Server.Auth;

/// <summary>Everybody who has an account.</summary>
internal sealed class People(IEventLog log, TimeProvider time)
    : Register<PeopleRegister>(log, time, WellKnown.People, PeopleRegister.Empty)
{
    protected override PeopleRegister Evolve(PeopleRegister state, IEvent @event, long version) =>
        state.Evolve(@event, version);
}
