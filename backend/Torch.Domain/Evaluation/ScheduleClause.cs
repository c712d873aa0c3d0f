using Torch.Domain.Rules;
using Torch.Domain.Schedules;

namespace Torch.Domain.Evaluation;

/// <summary>A clause over the clock on the wall of the rules' time zone.</summary>
/// <param name="timeZone">Null is UTC. One that this system does not know fails when it is asked, and parks its node.</param>
internal sealed class ScheduleClause(Condition clause, Schedule schedule, bool negated, string? timeZone)
    : CompiledClause(clause)
{
    // Between these two moments the answer is known: it follows from them alone, so it is no memory to be saved.
    private DateTimeOffset _from = DateTimeOffset.MaxValue;
    private DateTimeOffset _until = DateTimeOffset.MinValue;
    private bool _inside;

    public override bool? Test(NodeState node, DateTimeOffset now) => IsInside(now) != negated;

    public override bool ChangesByItself => true;

    public override long DueTicks(NodeState node, DateTimeOffset now)
    {
        _ = IsInside(now);
        return _until == DateTimeOffset.MaxValue ? long.MaxValue : _until.UtcTicks;
    }

    public override Look Look(NodeState node, DateTimeOffset now)
    {
        if (!TimeZones.TryFind(timeZone ?? "UTC", out var zone))
            return new SaidLook(Text, null, Text);
        var local = TimeZones.Local(now, zone);
        var actual = ScheduleSpan.DayNames[(int)local.DayOfWeek] + local.ToString(" HH:mm", null);
        return new SaidLook(Text, $"{actual} {timeZone ?? "UTC"}", $"it is {actual}, which is {Words(_inside)}");
    }

    private string Words(bool inside) => (inside ? "in" : "not in") + $" {schedule}";

    private bool IsInside(DateTimeOffset now)
    {
        if (now >= _from && now < _until)
            return _inside;
        var zone = TimeZones.Find(timeZone);
        _inside = schedule.Contains(now, zone);
        (_from, _until) = (now, schedule.NextEdge(now, zone) ?? DateTimeOffset.MaxValue);
        return _inside;
    }
}
