using Torch.EventStore;

namespace Torch.Server.Features;

/// <summary>Queues before streams, in the order of arrival. Several streams may share one, for there are more streams than anybody wants locks.</summary>
internal sealed class StreamTurns
{
    private readonly SemaphoreSlim[] _queues = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Nobody's turn yet.</summary>
    public Turn New() => new(this);

    private SemaphoreSlim QueueOf(Guid stream) => _queues[(uint)stream.GetHashCode() % _queues.Length];

    /// <summary>A place in one queue at a time: whoever holds one waits for no other.</summary>
    internal sealed class Turn(StreamTurns turns) : IDisposable
    {
        private SemaphoreSlim? _held;

        /// <summary>Where others wait for one of these streams already, waits behind them; who has a turn never does.</summary>
        /// <returns>Whether it waited, so that what was decided before may no longer hold.</returns>
        public async Task<bool> WaitBehindAsync(
            IReadOnlyList<StreamAppend> streams,
            CancellationToken cancellationToken
        )
        {
            if (_held is not null || streams.FirstOrDefault(s => IsTaken(s.StreamId)) is not { } contended)
                return false;
            await WaitAsync(contended.StreamId, cancellationToken);
            return true;
        }

        /// <summary>Waits for a stream's turn, and keeps it until disposed of or until another one is waited for.</summary>
        public async Task WaitAsync(Guid stream, CancellationToken cancellationToken)
        {
            var queue = turns.QueueOf(stream);
            if (queue == _held)
                return;
            Dispose();
            await queue.WaitAsync(cancellationToken);
            _held = queue;
        }

        public void Dispose()
        {
            _held?.Release();
            _held = null;
        }

        private bool IsTaken(Guid stream) => turns.QueueOf(stream).CurrentCount == 0;
    }
}
