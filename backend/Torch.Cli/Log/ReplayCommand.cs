using System.CommandLine;
using System.Globalization;
using Torch.Cli.Settings;
using Torch.EventStore;
using Torch.EventStore.Replaying;
using Torch.Server.Projecting;

namespace Torch.Cli.Log;

/// <summary><c>torch replay</c>: the log once more, into read tables of its own, beside a running Torch or without one.</summary>
internal static class ReplayCommand
{
    private static readonly Option<string?> From = new("--from")
    {
        Description =
            "What goes by at --speed from here on: a position or a time. What is before it is folded at once.",
    };
    private static readonly Option<string?> To = new("--to")
    {
        Description =
            "The last position or time; without it the log's head, and the result is compared with the live tables.",
    };
    private static readonly Option<double?> Speed = new("--speed")
    {
        Description = "So many seconds of the log in one; as fast as it goes by default.",
    };
    private static readonly Option<bool> Keep = new("--keep")
    {
        Description = $"Leave the tables in the schema {LogReplay.Schema}; the next replay replaces them.",
    };

    public static Command Create()
    {
        var command = new Command(
            "replay",
            "Fold the log a second time into read tables of its own, for audits. Ends with 1 where they differ from the live ones."
        )
        {
            From,
            To,
            Speed,
            Keep,
        };
        var flags = SettingOptions.AddTo(command.WithJson(), LogCommand.Settings);
        command.SetAction(
            (parsed, cancellationToken) => RunAsync(parsed, ServeSettings.From(flags.Layers(parsed)), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed,
        ServeSettings settings,
        CancellationToken cancellationToken
    )
    {
        if (parsed.GetValue(Speed) is <= 0)
            throw new SettingException("--speed is a number above 0");
        await using var database = await LogDatabase.OpenAsync(settings, cancellationToken);
        var times = new LogTimes(database.DataSource);
        var progress = new ProgressLine(parsed.Terminal());
        var from = await PositionAsync(times, parsed.GetValue(From), cancellationToken) ?? 0;
        var to = await PositionAsync(times, parsed.GetValue(To), cancellationToken);
        if (to is < 1 || from > to)
            throw new SettingException("--to is not before --from, nor before the first event");
        var options = new ReplayOptions(Math.Max(1, from), to, parsed.GetValue(Speed), parsed.GetValue(Keep))
        {
            OnPage = (at, time) =>
                progress.Show(
                    to is { } last ? (double)at / last : 0,
                    string.Create(CultureInfo.InvariantCulture, $"position {at:N0}, {time:yyyy-MM-dd HH:mm:ss}")
                ),
        };
        var report = await new LogReplay(database.DataSource, ReadModels.All()).RunAsync(options, cancellationToken);
        progress.Clear();
        await parsed.SayAsync(JsonOf(report), string.Join('\n', Lines(report, options)));
        return report.IsSound ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static async Task<long?> PositionAsync(LogTimes times, string? text, CancellationToken cancellationToken)
    {
        if (text is null)
            return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            return position;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? await times.LastAtAsync(time, cancellationToken)
            : throw new SettingException($"\"{text}\" is neither a position nor a time such as 2026-11-21T10:00:00Z");
    }

    private static IEnumerable<string> Lines(ReplayReport report, ReplayOptions options)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Events:N0} events up to position {report.Through:N0} in {report.Took.TotalSeconds:0.0} s"
        );
        foreach (var state in report.States)
            yield return $"{ProjectionNames.Short(state.Projection), -20} {Convert.ToHexStringLower(state.Hash)} {Verdict(state)}".TrimEnd();
        if (options.Keep)
            yield return $"The tables stand in the schema {LogReplay.Schema}.";
    }

    private static string Verdict(ReplayedState state) =>
        state.IsEqual switch
        {
            true => "as the live tables",
            false => $"DIFFERENT: the live tables have {Convert.ToHexStringLower(state.LiveHash!)}",
            null => "",
        };

    private static object JsonOf(ReplayReport report) =>
        new
        {
            events = report.Events,
            through = report.Through,
            seconds = report.Took.TotalSeconds,
            isSound = report.IsSound,
            states = report.States.Select(s => new
            {
                projection = ProjectionNames.Short(s.Projection),
                position = s.Position,
                hash = Convert.ToHexStringLower(s.Hash),
                liveHash = s.LiveHash is null ? null : Convert.ToHexStringLower(s.LiveHash),
            }),
        };
}
