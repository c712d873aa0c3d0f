using Microsoft.Extensions.Logging;
using Torch.Agent.Logging;
using Torch.Contracts;

namespace Torch.Agent.Tests.Logging;

/// <summary>What an agent says of itself waits until its server has it.</summary>
public sealed class AgentLogsTests : IDisposable
{
    private readonly AgentLogs _logs = new(TimeProvider.System);
    private readonly ILogger _log;

    public AgentLogsTests() => _log = _logs.CreateLogger("Torch.Agent.Spool.DiskSpool");

    public void Dispose() => _logs.Dispose();

    [Fact]
    public void Warnings_and_errors_wait_with_their_part_and_their_exception_and_nothing_else_does()
    {
        _log.LogInformation("all is well");
        _log.LogWarning("a {Thing} is odd", "disk");
        _log.LogError(new IOException("no space\0left"), "it failed");

        var lines = _logs.Next();
        lines
            .Select(l => (l.Level, l.Component, l.Message))
            .ShouldBe([
                (LogSeverity.Warning, "Torch.Agent.Spool", "a disk is odd"),
                (LogSeverity.Error, "Torch.Agent.Spool", "it failed"),
            ]);
        lines[1].Exception!.ShouldContain("no spaceleft");
        _logs.Next().Select(l => l.Id).ShouldBe(lines.Select(l => l.Id));
        _logs.Sent(lines);
        _logs.Next().ShouldBeEmpty();
    }

    [Fact]
    public void Of_too_many_the_newest_stay_and_a_line_says_how_many_went()
    {
        for (var i = 0; i < 700; i++)
            _log.LogWarning("line {Number}", i);

        var all = new List<AgentLogLine>();
        while (_logs.Next() is { Count: > 0 } lines)
        {
            lines.Count.ShouldBeLessThanOrEqualTo(20);
            all.AddRange(lines);
            _logs.Sent(lines);
        }
        all[0].Message.ShouldBe("line 200");
        all[^2].Message.ShouldBe("line 699");
        all[^1].Message.ShouldStartWith("200 lines of this agent's log were dropped");
    }

    [Fact]
    public void What_is_long_is_cut_between_characters()
    {
        _log.LogWarning("{Text}", new string('x', 999) + "🔥 and more");
        _logs.Next()[0].Message.ShouldBe(new string('x', 999) + "...");
    }
}
