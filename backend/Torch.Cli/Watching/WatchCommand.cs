using System.CommandLine;
using System.Text.Json;
using Torch.Cli.Client;
using Torch.Cli.Nodes;

namespace Torch.Cli.Watching;

/// <summary><c>torch watch</c>: the trees as they are now, at a screen; every change as a line, elsewhere.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var problems = new Option<bool>("--problems") { Description = "Only what is not well." };
        return Verb.Create(
            "watch",
            "Follow every status as it changes, until Ctrl-C.",
            (call, ct) =>
            {
                IWatcher watcher =
                    call.Terminal.OutputIsScreen && !call.Parsed.IsJson()
                        ? new TreeWatcher(call, call.Get(problems))
                        : new LineWatcher(call);
                return StopSignals.UntilStoppedAsync(stop => FollowAsync(call, watcher, stop), ct);
            },
            problems
        );
    }

    // The stream resumes after the last position that was heard; after a reset, or at first, the tree is read anew.
    private static async Task<int> FollowAsync(Call call, IWatcher watcher, CancellationToken cancellationToken)
    {
        string? last = null;
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                var path = "/api/v1/stream" + (last is null ? "" : "?after=" + last);
                await foreach (var (id, kind, data) in call.Client.EventsAsync(path, cancellationToken))
                {
                    wait = FirstWait;
                    last = kind == "reset" ? null : id ?? last;
                    await watcher.HearAsync(kind, data, cancellationToken);
                }
            }
            catch (ServerAnswerException away) when (away.IsAway && last is not null)
            {
                await watcher.LoseAsync(away.Message);
            }
            await Task.Delay(wait, cancellationToken);
        }
    }
}

/// <summary>What is done with each event of the stream.</summary>
internal interface IWatcher
{
    Task HearAsync(string kind, JsonElement data, CancellationToken cancellationToken);

    /// <summary>The server is away; it is tried again.</summary>
    Task LoseAsync(string why);
}

/// <summary>Each transition as a line, for pipes and logs.</summary>
internal sealed class LineWatcher(Call call) : IWatcher
{
    public async Task HearAsync(string kind, JsonElement data, CancellationToken cancellationToken)
    {
        if (kind != "transition")
            return;
        await call.SayAsync(data, Line);
        await call.Terminal.Output.FlushAsync(cancellationToken);
    }

    public Task LoseAsync(string why) => call.Terminal.RemarkAsync(why + "; trying again");

    private static string Line(JsonElement transition)
    {
        var why = transition.TryGetProperty("reason", out var reason) ? reason.GetString() : null;
        return $"{transition.GetProperty("at").GetString()} {transition.GetProperty("nodeName").GetString()} {transition.GetProperty("from").GetString()} -> {transition.GetProperty("to").GetString()}  {why}".TrimEnd();
    }
}

/// <summary>The trees, drawn again where a line has changed.</summary>
internal sealed class TreeWatcher(Call call, bool problemsOnly) : IWatcher
{
    private readonly ScreenLines _screen = new(call.Terminal);

    public async Task HearAsync(string kind, JsonElement data, CancellationToken cancellationToken)
    {
        if (kind == "alive")
            return;
        var roots = await call.Client.GetAsync("/api/v1/trees", cancellationToken);
        var lines = roots
            .EnumerateArray()
            .SelectMany(r => TreeText.Lines(r, call.Terminal.HasColour, problemsOnly))
            .ToList();
        _screen.Draw(lines is [] ? [problemsOnly ? "all is well" : "nothing is in a tree yet"] : lines);
    }

    public Task LoseAsync(string why)
    {
        _screen.Draw([why + "; trying again"]);
        return Task.CompletedTask;
    }
}
