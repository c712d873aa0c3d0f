using Torch.Domain;
using Torch.Domain.Agents;
using Torch.Domain.Annotations;
using Torch.Domain.Checks;
using Torch.Domain.Evaluation;
using Torch.Domain.History;
using Torch.Domain.Keys;
using Torch.Domain.Maintenance;
using Torch.Domain.Nodes;
using Torch.Domain.Notices;
using Torch.Domain.People;
using Torch.Domain.Pushes;
using Torch.Domain.Retention;
using Torch.Domain.Rules;
using Torch.Domain.Servers;
using Torch.Domain.Slo;
using Torch.Domain.Statuses;
using Torch.Domain.StatusPages;

namespace Torch.Conventions.Tests.Events;

/// <summary>One of each event with every field set, as the snapshot shows it.</summary>
internal static class EventSamples
{
    private static readonly Guid Node = new("0190a000-0000-7000-8000-000000000001");
    private static readonly Guid Other = new("0190a000-0000-7000-8000-000000000002");
    private static readonly Guid Check = new("0190a000-0000-7000-8000-000000000003");
    private static readonly Guid Run = new("0190a000-0000-7000-8000-000000000004");
    private static readonly DateTimeOffset At = new(2026, 11, 21, 10, 30, 0, 250, TimeSpan.Zero);

    private static readonly ChannelSettings Webhook = new("Hook", ChannelKind.Webhook, "https://hooks.example");

    private static readonly ChannelSettings Mail = new(
        "Mail",
        ChannelKind.Email,
        "ops@shop.example",
        Enabled: true,
        new("mail.example", 587, SmtpSecurity.StartTls, "torch@shop.example", ["ops@shop.example"], "torch")
    );

    private static readonly NoticeRuleSettings NoticeRule = new(
        "Shop at night",
        Enabled: true,
        [Node],
        "critical",
        [Other],
        TimeSpan.FromMinutes(2),
        TimeSpan.FromSeconds(5),
        [new(TimeSpan.FromMinutes(15), [Run])],
        TimeSpan.FromHours(1),
        Recovery: true,
        new("daily 22:00-07:00", "Europe/Berlin", "down")
    );

    private static readonly StatusPageSettings PublicPage = new(
        "shop",
        "The shop",
        "What our customers see",
        Published: true,
        [new(Node, "Payments")]
    );

    private static readonly NoticeRaised Notice = new(
        Run,
        Check,
        NoticeKind.Digest,
        At,
        [Other],
        [
            new(
                Other,
                NoticeKind.Recovery,
                Node,
                "Payments",
                "up",
                "down",
                At,
                "Shop",
                "The last report says up.",
                ["Shop"],
                1,
                At.AddMinutes(3)
            ),
        ],
        [new(Check, NoticeKind.Problem, "critical")],
        2
    );

    private static readonly CheckSettings Settings = new(
        "Shop front",
        CheckKind.Http,
        Enabled: true,
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(15),
        TimeSpan.FromMinutes(30),
        "shop/front",
        new HttpSettings(
            "https://shop.example/",
            "POST",
            new Dictionary<string, string> { ["X-Probe"] = "torch" },
            "ping",
            ["200-299", "304"],
            "ok",
            "error"
        )
    );

    private static readonly ObjectiveSettings Objective = new(
        "Shop front",
        Node,
        99.95m,
        new SloWindow(SloWindowKind.Calendar, Period: CalendarPeriod.Month, TimeZone: "Europe/Berlin"),
        new Sli(SliKind.Latency, TimeSpan.FromMilliseconds(500)),
        new Dictionary<string, Counting> { ["maintenance"] = Counting.Bad }
    );

    private static readonly PersonSettings Ann = new("ann", "editor", "Ann Other", [Node]);

    private static readonly KeySettings Key = new("backups", ["ingest"], "backup/", At.AddYears(1), 100);

    private static readonly RuleSet Rules = new(
        [
            new Rule(
                Condition("count(children where status >= critical) >= 2"),
                "down",
                2,
                TimeSpan.FromMinutes(5),
                "two"
            ),
            new Rule(Condition("percent(children where status is down) > 50"), "degraded"),
        ],
        RollUp.Worst,
        MatchPolicy.Worst,
        new Timing(
            3,
            TimeSpan.FromMinutes(1),
            2,
            TimeSpan.FromMinutes(2),
            TimeSpan.FromMinutes(5),
            new FlappingLimits(30, 25)
        ),
        "Europe/Berlin"
    );

    public static IReadOnlyList<IEvent> All { get; } =
    [
        new AgentChanged(Other, "rack 7", "berlin"),
        new AgentConnected(Other, 3, Run, "berlin", "0.5.0", "rack-7.example", ["http", "dns"]),
        new AgentKeyRotated(Other, "5e884898", At.AddDays(1)),
        new AgentLost(Other, 3, At),
        new AgentRegistered(Other, "rack 7", "berlin", "03ac6742"),
        new AgentRemoved(Other),
        new ApiKeyChanged(Other, Key),
        new ApiKeyCreated(Other, Key, "5e884898"),
        new ApiKeyRevoked(Other),
        new ApiKeyRotated(Other, "03ac6742", At.AddDays(1)),
        new PasswordChanged(Other),
        new PersonChanged(Other, Ann),
        new PersonCreated(Other, Ann),
        new PersonRemoved(Other),
        new SessionRevoked(Run, Other),
        new SignedIn(Other, "ann", "password"),
        new SignInRefused("ann", "wrong_password", 3),
        new GapBegan(Check, "no agent is live in berlin"),
        new GapEnded(Check),
        new ResultsLost(Check, Other, At, At.AddMinutes(1), 12, "full", "berlin"),
        new ResultsRefused(Other, 3, "ahead"),
        new CheckChanged(Check, Settings),
        new CheckCreated(Check, Settings),
        new CheckDeleted(Check),
        new ChildLinked(Node, Other, 2.5m, Required: true, "cap degraded"),
        new ChildUnlinked(Node, Other),
        new ClockTicked(),
        new HistoryRevised(
            Node,
            At,
            At.AddMinutes(2),
            [new StatusChange(At, "up", "down")],
            [
                new NodeTransitioned(
                    Node,
                    "up",
                    "down",
                    At.AddMinutes(2),
                    new Why("check", "The probe failed.", null, 0, [], [], 40)
                ),
            ],
            42
        ),
        new LateDataFolded(
            42,
            [new LateData(Check, At, 41)],
            [
                new RevisedState(
                    Node,
                    "down",
                    At,
                    new SavedVerdict(6, 1, 0, At, 639_000_000_000_000_000, "fault"),
                    new SavedMemory([2], [At], [1], [])
                ),
            ]
        ),
        new StatusChanged("sluggish", "Sluggish", 25, true, "triangle", "#b08800"),
        new StatusDefined("rehearsal", "Rehearsal", null, null, "bars", "#8080ff"),
        new StatusRemoved("sluggish"),
        new DependencyAdded(Node, Other),
        new DependencyRemoved(Node, Other),
        new LateWindowChanged(TimeSpan.FromHours(48)),
        new NodeAdded(Node, IsLeaf: true),
        new NodeCheckChanged(Node, Check),
        new NodeCreated(Node, "Shop", Check, ["env=prod", "money"]),
        new NodeDeleted(Node),
        new AcknowledgementWithdrawn(Node),
        new AnnotationAdded(Other, Node, AnnotationKind.Deploy, "v2.4.1 deployed", "https://ci.example/builds/241", At),
        new AnnotationRemoved(Other, Node),
        new MaintenanceBegan(Other, Node, At, At.AddHours(1)),
        new MaintenanceChanged(
            Other,
            "Kernel updates",
            [Node],
            new MaintenanceSchedule(MaintenanceKind.Flexible, At, At.AddDays(1), TimeSpan.FromHours(1)),
            "later than planned"
        ),
        new MaintenanceDeleted(Other),
        new MaintenanceEnded(Other, At),
        new MaintenanceScheduled(
            Other,
            "Kernel updates",
            [Node],
            new MaintenanceSchedule(
                MaintenanceKind.Recurring,
                Weekly: "sun 02:00 for 2h",
                TimeZone: "Europe/Berlin",
                ValidFrom: At,
                ValidTo: At.AddDays(90)
            ),
            "agreed with the shop"
        ),
        new ManualStatusCleared(Node),
        new ManualStatusSet(Node, "degraded", "half the shelves are empty", At.AddHours(1)),
        new NodeAcknowledged(Node, "ticket 42", At.AddHours(8)),
        new NodeServicePeriodChanged(Node, new ServicePeriod("mon-fri 08:00-18:00", "Europe/Berlin")),
        new NodeMarked(
            Node,
            At,
            new Marks(
                Flapping: true,
                new Acknowledgement("anna", "ticket 42", At, At.AddHours(8)),
                new InMaintenance(Other, "Kernel updates", At.AddHours(2)),
                new ManualStatus("degraded", "anna", "half the shelves are empty", At, At.AddHours(1))
            )
        ),
        new NodePaused(Node, "works on the line"),
        new NodeRemoved(Node),
        new NodeRenamed(Node, "Shop front"),
        new NodeResumed(Node, "works done"),
        new NodeStalenessChanged(Node, TimeSpan.FromHours(2)),
        new NodeTagged(Node, ["env=prod"]),
        new NodeTransitioned(
            Node,
            "up",
            "down",
            At,
            new Why("rule", "2 of 3 children are down.", 0, 3, [new ClauseValue("value > 1", "2", true)], [Other], 42)
        ),
        new ObjectiveChanged(Other, Objective with { Window = new(SloWindowKind.Rolling, TimeSpan.FromDays(30)) }),
        new ChannelChanged(
            Other,
            Webhook with
            {
                Enabled = false,
            },
            new Dictionary<string, string> { ["authorization"] = "" }
        ),
        new ChannelCreated(Other, Mail, new Dictionary<string, string> { ["password"] = "sealed" }),
        new ChannelDeleted(Other),
        new ChannelDisabled(Other, "HTTP 410"),
        new ChannelSecretRotated(Other, "sealed", At.AddDays(1)),
        new ChannelTested(Other, true, "HTTP 200"),
        new NoticeAttemptFailed(Run, Other, 1, "HTTP 500", At.AddSeconds(5)),
        new NoticeDelivered(Run, Other, 2, "HTTP 200"),
        Notice,
        new NoticeReplayed(Run, Other, Notice),
        new NoticeRuleChanged(Check, NoticeRule with { Enabled = false }),
        new NoticeRuleCreated(Check, NoticeRule),
        new NoticeRuleDeleted(Check),
        new StatusPageChanged(Other, PublicPage with { Published = false }),
        new StatusPageCreated(Other, PublicPage),
        new StatusPageDeleted(Other),
        new ServerStarted("torch-1", "1.4.0"),
        new ServerStopped("torch-1"),
        new ServerMeasured("torch-1", 60.012, new Dictionary<string, double> { ["reports.rate"] = 12.5 }),
        new DatabaseRegained("torch-1", At),
        new ProjectionRebuilt("Rollups", "swapped", At, At.AddMinutes(2), 4711),
        new ObjectiveCreated(Other, Objective),
        new ObjectiveDeleted(Other),
        new ObjectiveExclusionRemoved(Other, Run),
        new ObjectiveTimeExcluded(Other, Run, At, At.AddHours(2), "the provider's fault"),
        new PartitionDropped("mt_events_0", 0, 1_000_000),
        new PartitionSealed(
            "mt_events_0",
            0,
            1_000_000,
            At,
            At.AddDays(1),
            86_400,
            96,
            "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03",
            new ArchiveFile(
                "telemetry-0-1000000.ndjson.gz",
                4_096,
                "4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a"
            )
        ),
        new ProbeCompleted(
            Check,
            Run,
            At,
            "down",
            "status_code",
            "503 is not expected",
            503,
            "1.1",
            "192.0.2.1",
            new Latency(0.1, 0.2, 0.3, 0.4, 0.5, 1.5),
            new Certificate("CN=shop.example", "CN=Example CA", At.AddDays(30), 30),
            new Dictionary<string, string> { ["Server"] = "nginx" },
            "Service Unavailable",
            19,
            1.25,
            "agent-1",
            new Dictionary<string, double> { ["dns.answers"] = 2 },
            new Dictionary<string, string> { ["tlsVersion"] = "1.3" }
        ),
        new ReportReceived(
            Check,
            "backup/db1",
            At,
            42.5,
            "degraded",
            "slow",
            "Nightly backup",
            new Dictionary<string, double> { ["disk.used"] = 0.8 },
            "backups"
        ),
        new NoteReceived(Check, "jobs/nightly", At, "half way"),
        new PushKeyCreated(
            Node,
            "jobs/",
            "4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a",
            Prefix: "jobs/"
        ),
        new PushKeyRemoved(Node),
        new RulesPublished(Node, 3, Rules, "quieter nights"),
        new RunStarted(Check, "jobs/nightly", At, Run, "begins"),
        new ServiceResumed(At),
    ];

    private static Condition Condition(string text) => RuleText.Parse(text).Condition!;
}
