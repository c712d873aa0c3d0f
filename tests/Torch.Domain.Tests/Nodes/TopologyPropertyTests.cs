using FsCheck;
using FsCheck.Fluent;
using Torch.Domain.Checks;
using Torch.Domain.Evaluation;
using Torch.Domain.Nodes;

namespace Torch.Domain.Tests.Nodes;

/// <summary>Any sequence of commands on any graph: what the decisions let through keeps it sound, and the evaluator follows.</summary>
public sealed class TopologyPropertyTests
{
    private const int Commands = 80;

    [Fact]
    public void A_cycle_is_never_let_through_and_no_edge_leads_nowhere() => Holds(run => run.IsSound());

    [Fact]
    public void A_check_in_many_places_and_a_node_under_several_parents_are_judged_as_a_fresh_evaluator_would() =>
        Holds(run => run.EvaluatorAgrees());

    private static void Holds(Func<Run, bool> property) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => property(new Run(seed)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private sealed class Run
    {
        private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        private static readonly string[] Given = ["up", "degraded", "critical", "down"];

        private readonly Random _random;
        private readonly Topology _topology = new();
        private readonly Evaluator _evaluator = new();
        private readonly List<Guid> _ids = [];
        private readonly Dictionary<Guid, Guid> _checks = [];
        private readonly Dictionary<Guid, string> _reported = [];
        private long _position;
        private bool _isSound = true;

        public Run(int seed)
        {
            _random = new(seed);
            for (var i = 0; i < Commands; i++)
            {
                Command();
                _isSound &= Sound();
            }
        }

        public bool IsSound() => _isSound;

        // A leaf is as its check was last reported, a group as the worst of its children.
        public bool EvaluatorAgrees() =>
            _ids.Where(_topology.Contains).All(id => _evaluator.Explain(id)!.Status == Naive(id));

        private string Naive(Guid id)
        {
            if (_topology.IsLeaf(id))
                return _reported.GetValueOrDefault(_checks[id], "unknown");
            var children = _topology.Children(id).Select(e => Naive(e.ChildId)).ToList();
            return children.Count == 0 ? "unknown" : children.MaxBy(s => _evaluator.Statuses.RankOf(s))!;
        }

        private void Command()
        {
            var (a, b) = (Any(), Any());
            switch (_random.Next(10))
            {
                case < 3:
                    Create();
                    break;
                case 3 or 4:
                    Apply(_topology.Link(a, b));
                    break;
                case 5:
                    Apply(_topology.Unlink(a, b));
                    break;
                case 6:
                    Apply(_topology.Move(a, _random.Next(2) == 0 ? null : Any(), _random.Next(4) == 0 ? null : b));
                    break;
                case 7 when _random.Next(3) == 0:
                    Apply(_topology.Delete(a));
                    break;
                case 8:
                    Apply(_topology.Depend(a, b));
                    break;
                default:
                    Report();
                    break;
            }
        }

        private void Create()
        {
            var (id, isLeaf) = (NameId.Of(Guid.Empty, $"node {_ids.Count}"), _random.Next(2) == 0);
            var decision = _topology.Create(id, isLeaf, _random.Next(4) == 0 ? null : Any(), 1);
            if (decision.Refusal is not null)
                return;
            _ids.Add(id);
            Apply(decision);
            var check = CheckIds.OfSource($"check {_random.Next(4)}");
            if (isLeaf)
                _checks[id] = check;
            Fold(new NodeCreated(id, "node", isLeaf ? check : null, []));
        }

        private void Report()
        {
            var (check, status) = (CheckIds.OfSource($"check {_random.Next(4)}"), Given[_random.Next(Given.Length)]);
            _reported[check] = status;
            Fold(new ReportReceived(check, "source", Start, Status: status));
        }

        private void Apply(Decision decision)
        {
            foreach (var @event in decision.Events)
            {
                _topology.Fold(@event);
                Fold(@event);
            }
        }

        private void Fold(IEvent @event) => _evaluator.Fold(++_position, Start, @event);

        private bool Sound()
        {
            var alive = _ids.Where(_topology.Contains).ToList();
            return alive.TrueForAll(id =>
                    _topology
                        .Children(id)
                        .All(e => _topology.Contains(e.ChildId) && _topology.Parents(e.ChildId).Contains(e))
                    && _topology
                        .Parents(id)
                        .All(e => _topology.Contains(e.ParentId) && _topology.Children(e.ParentId).Contains(e))
                    && _topology.DependenciesOf(id).All(_topology.Contains)
                )
                && alive.TrueForAll(id => !Reaches(id, id, n => _topology.Children(n).Select(e => e.ChildId)))
                && alive.TrueForAll(id => !Reaches(id, id, _topology.DependenciesOf))
                && SavedAgrees(alive);
        }

        // Heights, edges and counters are those of an evaluator that is told only what there is now.
        private bool SavedAgrees(List<Guid> alive)
        {
            var nodes = _evaluator.Save().Nodes;
            return nodes.Count == alive.Count
                && nodes.All(n =>
                    n.Height == (n.Children.Count == 0 ? 0 : n.Children.Max(c => nodes[c.Child].Height) + 1)
                    && n.Children.Select(c => nodes[c.Child].Id)
                        .Order()
                        .SequenceEqual(_topology.Children(n.Id).Select(e => e.ChildId).Order())
                );
        }

        private static bool Reaches(Guid from, Guid to, Func<Guid, IEnumerable<Guid>> next)
        {
            var seen = new HashSet<Guid>();
            for (var queue = new Queue<Guid>(next(from)); queue.TryDequeue(out var here); )
            {
                if (here == to)
                    return true;
                if (seen.Add(here))
                    foreach (var id in next(here))
                        queue.Enqueue(id);
            }
            return false;
        }

        private Guid Any() => _ids.Count == 0 ? Guid.Empty : _ids[_random.Next(_ids.Count)];
    }
}
