using Npgsql;
using Torch.Contracts;
using Torch.Server.Auditing;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Audit;

internal static class GetAuditEntry
{
    /// <summary>One event of the log with its causes and effects.</summary>
    /// <remarks>
    /// Of any event: from a transition up to the observation or change that it followed from and to the rules that decided it, with who
    /// published them; from a change down to the transitions that followed, and from rules to those that they decided.
    /// </remarks>
    /// <param name="position">The event's position.</param>
    public static async Task<AuditDetail> Handle(
        long position,
        AuditReading reading,
        AuditLinks links,
        NpgsqlDataSource db,
        IReadPosition reads,
        CancellationToken cancellationToken
    )
    {
        var known = reads.Position;
        var found =
            await EventRows.OneAsync(db, position, cancellationToken)
            ?? throw new FaultException(Fault.NotFound("event"));
        var entry = (await reading.EntriesAsync([found], cancellationToken))[0];
        var causes = await links.CausesAsync(found, cancellationToken);
        var (effects, count) = await links.EffectsAsync(found, cancellationToken);
        return new(entry, causes, effects, count, known);
    }
}
