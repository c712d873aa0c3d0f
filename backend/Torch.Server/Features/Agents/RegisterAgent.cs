using FluentValidation;
using Torch.Contracts;
using Torch.Domain.Agents;
using Torch.EventStore;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Agents;

internal static class RegisterAgent
{
    /// <summary>Register an agent.</summary>
    /// <remarks>The answer holds its key, which is told this once: give it to <c>torch agent</c>. Torch keeps only its SHA-256.</remarks>
    /// <response code="201">Registered.</response>
    public static async Task<IResult> Handle(
        HttpContext http,
        AgentValidator validator,
        IEventLog log,
        Appended appended
    )
    {
        var wanted = (await http.ReadJsonAsync(validator)).Value;
        var key = KeyText.Make(Guid.CreateVersion7());
        var location = wanted.Location ?? Locations.Default;
        var events = Agent.Register(key.Id, wanted.Name, location, key.Hash).EventsOrRefuse();
        var request = new AppendRequest
        {
            Streams = [Journaled.Agent.Append(key.Id, events, 0, EventHeaders.Of(http))],
        };
        if (await log.AppendAsync(request, http.RequestAborted) is not AppendOutcome.Appended done)
            throw new InvalidOperationException($"the stream of agent {key.Id} exists already");
        appended.Note(done.Position);
        http.Response.SetETag(events.Count);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Created(
            $"/api/v1/agents/{key.Id}",
            new AgentRegistration(key.Id, wanted.Name, location, key.Text, done.Position, events.Count)
        );
    }
}

/// <summary>A registration. Which names a location may have, the domain says.</summary>
internal sealed class AgentValidator : AbstractValidator<AgentRequest>
{
    public AgentValidator() => RuleFor(a => a.Name).Name();
}
