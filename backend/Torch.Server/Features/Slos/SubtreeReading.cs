using Npgsql;
using Torch.Contracts;
using Torch.Domain.Slo;

namespace Torch.Server.Features.Slos;

/// <summary>Every node of a subtree, counted as an objective says.</summary>
internal sealed class SubtreeReading(NpgsqlDataSource db, StructureReading structure)
{
    private const string Below = """
        with recursive below as (
            select $1::uuid as id
            union
            select e.child_id from below join torch.edges e on e.parent_id = below.id
        )
        select n.id, n.name, n.check_id from below join torch.nodes n on n.id = below.id
        """;

    // Beyond so many spans, looking at each change costs less than two sums of each node for each of them.
    private const int MostSums = 64;

    private const string LaterKnown = """
        select node_id from torch.transitions where position > $1
        union
        select node_id from torch.transitions where replaced_position > $1
        """;

    /// <summary>By name. Of a past position as the structure stood then.</summary>
    public async Task<IReadOnlyList<NodeAvailability>> ReadAsync(
        ReportFrame frame,
        ReportAsked asked,
        CancellationToken ct
    )
    {
        var members = asked.IsPast
            ? await structure.BelowAsync(frame.Node.Id, asked.Position, ct)
            : await db.QueryAsync(Below, [frame.Node.Id], Row, ct);
        members =
        [
            .. members
                .Where(m => asked.Sight.Shows(m.Id))
                .OrderBy(m => m.Name, StringComparer.Ordinal)
                .ThenBy(m => m.Id),
        ];
        var absences = await TransitionHistory.AbsencesAsync(db, frame.Window, frame.Position, ct);
        Span[] leftOut = [.. frame.LeftOut, .. absences];
        var eligible = Spans.Without(frame.Window, Spans.Merge(leftOut, frame.Window)).ToList();
        var odd = eligible.Count > MostSums ? [.. members.Select(m => m.Id)] : await OddAsync(members, frame, ct);
        var changes = await TransitionHistory.ReadAsync(db, odd, frame.Window, frame.Position, withWhy: false, ct);
        var totals = await NodeTotals.ReadAsync(
            db,
            [.. members.Select(m => m.Id).Except(odd)],
            [frame.Window.From, frame.Window.To, .. eligible.SelectMany(s => (DateTimeOffset[])[s.From, s.To])],
            ct
        );
        return
        [
            .. members.Select(m =>
                odd.Contains(m.Id) ? Count(frame, m, changes[m.Id], leftOut) : Count(frame, m, totals, eligible)
            ),
        ];
    }

    // Sums are of what is known now, and of all the time: for the others each change is looked at.
    private async Task<HashSet<Guid>> OddAsync(IReadOnlyList<Member> members, ReportFrame frame, CancellationToken ct)
    {
        HashSet<Guid> odd = [.. await db.QueryAsync(LaterKnown, [frame.Position], r => r.GetGuid(0), ct)];
        odd.IntersectWith(members.Select(m => m.Id));
        return odd;
    }

    private static NodeAvailability Count(ReportFrame frame, Member member, NodeTotals totals, List<Span> eligible)
    {
        var (good, bad) = (0L, 0L);
        foreach (var (status, milliseconds) in eligible.SelectMany(span => totals.Between(member.Id, span)))
            switch (frame.Policy.GetValueOrDefault(status, Domain.Slo.Counting.Excluded))
            {
                case Domain.Slo.Counting.Good:
                    good += milliseconds;
                    break;
                case Domain.Slo.Counting.Bad:
                    bad += milliseconds;
                    break;
            }
        var known = totals.Between(member.Id, frame.Window).Values.Sum();
        return Of(frame, member, new(good, bad, known - good - bad));
    }

    private static NodeAvailability Count(
        ReportFrame frame,
        Member member,
        IEnumerable<StatusTaken> changes,
        IReadOnlyList<Span> leftOut
    )
    {
        var timeline = new StatusTimeline(changes, frame.Window, leftOut, frame.Policy);
        return Of(frame, member, timeline.Count(frame.Window));
    }

    private static NodeAvailability Of(ReportFrame frame, Member member, Tally tally) =>
        new(
            member.Id,
            member.Name,
            tally.Good,
            tally.Bad,
            tally.Excluded,
            frame.Window.Milliseconds - tally.Eligible - tally.Excluded,
            tally.Availability,
            Budget.Of(tally, frame.Settings.Target, ReportText.ToCome(frame))?.LeftPercent
        );

    private static Member Row(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetString(1), row.Maybe<Guid?>(2));
}
