using Torch.Contracts;
using Torch.Domain.Agents;
using Torch.Server.Agents;
using Torch.Server.Auth;
using Torch.Server.Http;
using Model = Torch.Domain.Checks;

namespace Torch.Server.Features.Checks;

internal static class TryCheck
{
    /// <summary>Probe once with settings that are not saved.</summary>
    /// <remarks>
    /// Takes what creating a check takes, and refuses the same. An agent of one of its locations probes, by the same rules of which
    /// addresses it may reach; the answer is what it met, and nothing is stored: its <c>position</c> is 0. 503 where no agent is live there.
    /// </remarks>
    public static async Task<IResult> Handle(
        HttpContext http,
        CheckValidator validator,
        IAgentLink agents,
        ProbeNow probe,
        Secrets secrets,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var wanted = (await http.ReadJsonAsync(validator)).Value;
        if (!CheckMapping.IsProbe(wanted.Kind))
            return ProbeNow.NoProbe.Answer();
        var settings = CheckMapping.Settings(wanted);
        // A secret that is sent as it was shown is not known here: nothing is saved that it could be taken from.
        CheckSecrets.Stored(settings, null, secrets);
        var id = Guid.CreateVersion7();
        Model.Check.Create(Model.Check.Initial, id, settings).EventsOrRefuse();
        var run = new RunProbe(id, id, wanted.Kind, settings.Timeout!.Value, CheckMapping.Probe(settings), true);
        return await probe.AnswerAsync(
            run.Timeout,
            ct => agents.TryAsync(run, settings.Locations ?? [Locations.Default], ct),
            trial => Task.FromResult(Results.Ok(View(trial, time))),
            cancellationToken
        );
    }

    private static ObservationView View(Trial trial, TimeProvider time) =>
        Observations.View(ProbeMapping.Event(trial.Result, trial.Location), 0, time.GetUtcNow());
}
