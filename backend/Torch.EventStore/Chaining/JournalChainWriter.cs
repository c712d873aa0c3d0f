using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Torch.EventStore.Tailing;

namespace Torch.EventStore.Chaining;

/// <summary>
/// Chains the journal behind its back: a page and the chain's checkpoint in one transaction, never in the way of an append. Several
/// servers may run it; the checkpoint's row decides who writes.
/// </summary>
/// <param name="key">Signs the chain; null leaves it unsigned.</param>
public sealed class JournalChainWriter(
    NpgsqlDataSource dataSource,
    JournalKey? key,
    TimeProvider? time = null,
    ILogger<JournalChainWriter>? logger = null
)
{
    /// <summary>Whose row in <c>journal.mt_event_progression</c> says how far the journal is chained.</summary>
    public const string Checkpoint = "JournalChain:All";

    private const int PageSize = 1_000;
    private const int UnsignedAtMost = 1_000;
    private static readonly TimeSpan UnsignedFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QuietPace = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly ILogger _logger = logger ?? NullLogger<JournalChainWriter>.Instance;
    private bool _hasComplained;
    private long _movedAt;

    /// <summary>Follows the journal until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pause = new Pause(_time);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var foundWork = await StepAsync(isLast: false, cancellationToken);
                pause.Reset();
                if (!foundWork)
                    await Task.Delay(Pace, _time, cancellationToken);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                var surprise = DatabaseFaults.IsPassing(exception) ? null : exception;
                _logger.LogWarning(surprise, "The journal's chain waits: {Reason}", exception.Message);
                await pause.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Chains what is left and signs it, before a clean stop.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        while (await StepAsync(isLast: true, cancellationToken)) { }
    }

    /// <summary>1: chain a page. 2: sign, where it is time. Answers whether there is more to do at once.</summary>
    internal async Task<bool> StepAsync(bool isLast, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await ChainTable.TryLockAsync(connection, cancellationToken) is not { } stand)
            return false;
        var count = await ChainAsync(connection, stand.Through, stand.Head, cancellationToken);
        var signed = await SignAsync(connection, isLast && count < PageSize, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (signed is not null)
            key!.LastSigned.Write(signed);
        return count == PageSize;
    }

    private async Task<int> ChainAsync(
        NpgsqlConnection connection,
        long through,
        long head,
        CancellationToken cancellationToken
    )
    {
        var page = await ChainTable.JournalAfterAsync(connection, through, PageSize, cancellationToken);
        if (page.Count > 0)
            await ChainTable.AddAsync(
                connection,
                await ChainTable.LastHashAsync(connection, cancellationToken),
                page,
                cancellationToken
            );
        var to = page.Count == PageSize ? page[^1].Position : Math.Max(head, page.Count > 0 ? page[^1].Position : 0);
        // With nothing new in the journal the checkpoint follows at leisure: each move leaves a dead row.
        if (page.Count > 0 || (to > through && _time.GetElapsedTime(_movedAt) > QuietPace))
        {
            await ChainTable.MoveAsync(connection, to, cancellationToken);
            _movedAt = _time.GetTimestamp();
        }
        return page.Count;
    }

    private async Task<SignedHash?> SignAsync(
        NpgsqlConnection connection,
        bool isLast,
        CancellationToken cancellationToken
    )
    {
        if (key is null)
            return null;
        var state = await SignedHashes.StateAsync(connection, cancellationToken);
        var isDue = isLast || state.Unsigned >= UnsignedAtMost || state.Age is not { } age || age >= UnsignedFor;
        if (state.Unsigned == 0 || !isDue || !await FollowsLastAsync(connection, cancellationToken))
            return null;
        var signed = key.Sign(state.Position, state.Hash, state.Micros);
        await SignedHashes.AddAsync(connection, signed, cancellationToken);
        return signed;
    }

    // Nothing is signed that does not follow from what was signed before: a log that was rolled back, rewritten or exchanged must
    // not get new signatures, and what the key's folder remembers must not be written over.
    private async Task<bool> FollowsLastAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (key!.LastSigned.Read() is not { } last)
            return true;
        await using var command = ChainTable.Command(
            connection,
            "select exists (select from torch_log.journal_chain where position = $1 and hash = $2)",
            last.Position,
            last.Hash
        );
        if (await command.ExecuteScalarAsync(cancellationToken) is true)
            return true;
        if (!_hasComplained)
            _logger.LogError(
                "The journal is not signed: it does not hold position {Position} as {File} remembers it",
                last.Position,
                key.LastSigned.File
            );
        _hasComplained = true;
        return false;
    }
}
