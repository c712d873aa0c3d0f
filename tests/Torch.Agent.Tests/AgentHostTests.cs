using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Torch.Agent.Spool;
using Torch.Agent.Tests.Spool;
using Torch.Contracts;
using Torch.Probes;

namespace Torch.Agent.Tests;

public sealed class AgentHostTests : IAsyncLifetime
{
    private readonly Link _link = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly WebApplication _target;
    private int _atOnce;
    private int _mostAtOnce;
    private Task _running = Task.CompletedTask;

    public AgentHostTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _target = builder.Build();
        _target.MapGet("/", () => "well");
        _target.MapGet("/slow", SlowAsync);
    }

    private string Url =>
        _target.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public async ValueTask InitializeAsync() => await _target.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await _target.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task Scheduled_checks_are_probed_and_their_results_delivered()
    {
        Start(new AgentOptions("here"));
        var check = Some.Check(0.3, url: Url);
        _link.Checks.Writer.TryWrite([check]);
        await Some.Until(() => _link.Delivered.Count >= 3);
        _link.Delivered.ShouldAllBe(result => result.CheckId == check.CheckId && result.Agent == "here");
        _link.Delivered.ShouldAllBe(result => result.Outcome == ProbeOutcome.Up && result.Text == "well");
        _link.Delivered.Select(result => result.At).ShouldBeInOrder();
    }

    [Fact]
    public async Task A_command_runs_at_once_and_keeps_its_run_id()
    {
        Start(new AgentOptions("here"));
        var run = Command(Url);
        _link.Commands.Writer.TryWrite(run);
        await Some.Until(() => !_link.Delivered.IsEmpty);
        _link.Delivered.Single().RunId.ShouldBe(run.RunId);
        _link.Delivered.Single().LatenessMs.ShouldBe(0);
    }

    [Fact]
    public async Task A_trial_is_answered_and_not_delivered()
    {
        Start(new AgentOptions("here"));
        var trial = Command(Url) with { IsTrial = true };
        _link.Commands.Writer.TryWrite(trial);
        var run = Command(Url);
        _link.Commands.Writer.TryWrite(run);
        await Some.Until(() => !_link.Answered.IsEmpty && !_link.Delivered.IsEmpty);
        (_link.Answered.Single().RunId, _link.Answered.Single().Outcome).ShouldBe((trial.RunId, ProbeOutcome.Up));
        _link.Delivered.Single().RunId.ShouldBe(run.RunId);
    }

    [Fact]
    public async Task No_more_probes_run_at_once_than_a_host_may_take()
    {
        Start(new AgentOptions("here") { MaxProbesPerHost = 3 });
        for (var i = 0; i < 12; i++)
            _link.Commands.Writer.TryWrite(Command(Url + "/slow"));
        await Some.Until(() => _link.Delivered.Count == 12);
        _mostAtOnce.ShouldBe(3);
    }

    [Fact]
    public async Task No_more_probes_run_at_once_than_an_agent_may_make()
    {
        Start(new AgentOptions("here") { MaxProbes = 2 });
        for (var i = 0; i < 8; i++)
            _link.Commands.Writer.TryWrite(Command(Url + "/slow"));
        await Some.Until(() => _link.Delivered.Count == 8);
        _mostAtOnce.ShouldBe(2);
    }

    [Fact]
    public async Task Without_its_scheduler_an_agent_runs_commands_only()
    {
        Start(new AgentOptions("here") { Schedules = false });
        _link.Checks.Writer.TryWrite([Some.Check(0.05, url: Url)]);
        await Task.Delay(300);
        var run = Command(Url);
        _link.Commands.Writer.TryWrite(run);
        await Some.Until(() => !_link.Delivered.IsEmpty);
        _link.Delivered.Single().RunId.ShouldBe(run.RunId);
    }

    [Fact]
    public async Task Without_its_exporter_an_agent_keeps_results_in_its_spool()
    {
        using var folder = new SpoolFolder();
        Start(new AgentOptions("here") { Exports = false, Spool = new SpoolOptions(folder.File) });
        _link.Checks.Writer.TryWrite([Some.Check(0.05, url: Url)]);
        await Some.Until(() => _link.Condition!().Spool?.Waiting >= 3);
        _link.Delivered.ShouldBeEmpty();
        await _stop.CancelAsync();
        await _running;
    }

    [Fact]
    public async Task A_scheduler_that_stumbles_begins_again()
    {
        var time = new StumblingTime();
        var agent = Start(new AgentOptions("here"), time);
        _link.Checks.Writer.TryWrite([Some.Check(0.1, url: Url)]);
        await Some.Until(() => !_link.Delivered.IsEmpty);
        agent.IsAtWork.ShouldBeTrue();
        time.Stumbles = true;
        await Some.Until(() => !time.Stumbles);
        var before = _link.Delivered.Count;
        await Some.Until(() => _link.Delivered.Count > before + 3);
    }

    // The scheduler asks it for the time before it looks for what is due; probes ask for nothing of it.
    private sealed class StumblingTime : TimeProvider
    {
        public bool Stumbles { get; set; }

        public override DateTimeOffset GetUtcNow()
        {
            if (!Stumbles || !Environment.StackTrace.Contains("StartWhatIsDue", StringComparison.Ordinal))
                return base.GetUtcNow();
            Stumbles = false;
            throw new InvalidOperationException("no clock");
        }
    }

    [Fact]
    public async Task One_check_never_runs_twice_at_once_not_even_on_demand()
    {
        Start(new AgentOptions("here"));
        var run = Command(Url + "/slow");
        for (var i = 0; i < 4; i++)
            _link.Commands.Writer.TryWrite(run with { RunId = Guid.CreateVersion7() });
        await Some.Until(() => _link.Delivered.Count == 4);
        _mostAtOnce.ShouldBe(1);
    }

    [Fact]
    public async Task Results_survive_a_server_that_is_away_and_a_stream_that_breaks()
    {
        _link.Failures = 2;
        _link.BreakStreamOnce = true;
        Start(new AgentOptions("here"));
        var runs = Enumerable.Range(0, 5).Select(_ => Command(Url)).ToArray();
        foreach (var run in runs)
            _link.Commands.Writer.TryWrite(run);
        await Some.Until(() => _link.Delivered.Count >= 5);
        _link.Delivered.Select(result => result.RunId).ShouldBe(runs.Select(run => run.RunId), ignoreOrder: true);
    }

    private static RunProbe Command(string url) =>
        new(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            CheckKind.Http,
            TimeSpan.FromSeconds(5),
            new ProbeSettings(new HttpSettings(url))
        );

    private AgentHost Start(AgentOptions options, TimeProvider? time = null)
    {
        var context = ProbeContext.Default("here") with { Time = time ?? TimeProvider.System };
        var agent = new AgentHost(_link, options, context, NullLoggerFactory.Instance);
        _running = agent.RunAsync(_stop.Token);
        return agent;
    }

    private async Task<string> SlowAsync(CancellationToken aborted)
    {
        var now = Interlocked.Increment(ref _atOnce);
        lock (_link)
            _mostAtOnce = Math.Max(_mostAtOnce, now);
        await Task.Delay(100, aborted);
        Interlocked.Decrement(ref _atOnce);
        return "slow";
    }

    /// <summary>A server at the other end of two channels.</summary>
    private sealed class Link : IServerConnection
    {
        public Channel<IReadOnlyList<ScheduledCheck>> Checks { get; } =
            Channel.CreateUnbounded<IReadOnlyList<ScheduledCheck>>();
        public Channel<RunProbe> Commands { get; } = Channel.CreateUnbounded<RunProbe>();
        public ConcurrentQueue<ProbeCompleted> Delivered { get; } = new();
        public ConcurrentQueue<ProbeCompleted> Answered { get; } = new();
        public Func<AgentCondition>? Condition { get; set; }
        public int Failures { get; set; }
        public bool BreakStreamOnce { get; set; }

        public IAsyncEnumerable<IReadOnlyList<ScheduledCheck>> ChecksAsync(CancellationToken cancellationToken) =>
            Checks.Reader.ReadAllAsync(cancellationToken);

        public async IAsyncEnumerable<RunProbe> CommandsAsync(
            [EnumeratorCancellation] CancellationToken cancellationToken
        )
        {
            if (BreakStreamOnce)
            {
                BreakStreamOnce = false;
                throw new HttpRequestException("the stream broke");
            }
            await foreach (var run in Commands.Reader.ReadAllAsync(cancellationToken))
                yield return run;
        }

        public Task AnswerAsync(ProbeCompleted result, CancellationToken cancellationToken)
        {
            Answered.Enqueue(result);
            return Task.CompletedTask;
        }

        public Task<long> DeliverAsync(ResultDelivery delivery, CancellationToken cancellationToken)
        {
            if (Failures-- > 0)
                throw new HttpRequestException("away");
            foreach (var result in delivery.Results)
                Delivered.Enqueue(result);
            return Task.FromResult(delivery.To);
        }
    }
}
