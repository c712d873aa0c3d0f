using Npgsql;
using Torch.EventStore.Chaining;
using Torch.EventStore.Reading;

namespace Torch.EventStore.Verifying;

/// <summary>
/// The journal's chain, recomputed event by event beside the stored one. After a break it goes on from the stored hash, so that each
/// fault is found once and at its own place.
/// </summary>
internal sealed class ChainCheck(NpgsqlConnection connection, Findings findings, VerifyOptions options)
{
    private byte[] _before = JournalChain.Beginning;
    private long _through;

    public long Chained { get; private set; }

    public long Unchained { get; private set; }

    public long SignedThrough { get; private set; }

    public int Signatures { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _through = await NewestAsync(cancellationToken);
        var signatures = new SignatureCheck(connection, findings, options);
        await signatures.LoadAsync(_through, cancellationToken);
        long cursor = 0;
        while (await PageAsync(cursor, signatures, cancellationToken) is { } next)
            cursor = next;
        signatures.End();
        (SignedThrough, Signatures) = (signatures.Through, signatures.Count);
        Unchained = await UnchainedAsync(cancellationToken);
    }

    // Events and hashes up to the same position, merged; answers the position, null at the end.
    private async Task<long?> PageAsync(long after, SignatureCheck signatures, CancellationToken cancellationToken)
    {
        if (after >= _through)
            return null;
        var events = await ChainTable.JournalAfterAsync(connection, after, options.PageSize, cancellationToken);
        var upTo = events.Count == options.PageSize ? Math.Min(events[^1].Position, _through) : _through;
        var hashes = await HashesAsync(after, upTo, cancellationToken);
        var byPosition = events.Where(e => e.Position <= upTo).ToDictionary(e => e.Position);
        foreach (var position in byPosition.Keys.Union(hashes.Keys).Order())
        {
            var stored = hashes.GetValueOrDefault(position);
            Judge(position, byPosition.GetValueOrDefault(position), stored);
            signatures.Meet(position, stored);
        }
        return upTo;
    }

    private void Judge(long position, StoredEvent? stored, byte[]? hash)
    {
        if (hash is null)
            Add("an event that is not in the chain", position, stored!.StreamId, "a hash", "none");
        else if (stored is null)
            Add("an event of the chain is gone", position, null, "an event", "none");
        else if (JournalChain.Next(_before, stored) is var computed && !computed.AsSpan().SequenceEqual(hash))
            Add("an event is not what was chained", position, stored.StreamId, Short(hash), Short(computed));
        _before = hash ?? _before;
        Chained++;
    }

    private void Add(string what, long position, Guid? stream, string expected, string found) =>
        findings.Add(
            new("chain", what)
            {
                Log = Log.Journal,
                Position = position,
                Stream = stream,
                Expected = expected,
                Found = found,
            }
        );

    internal static string Short(byte[] hash) => "hash " + Convert.ToHexStringLower(hash)[..16];

    private async Task<Dictionary<long, byte[]>> HashesAsync(long after, long upTo, CancellationToken cancellationToken)
    {
        const string sql = "select position, hash from torch_log.journal_chain where position > $1 and position <= $2";
        await using var command = ChainTable.Command(connection, sql, after, upTo);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var hashes = new Dictionary<long, byte[]>();
        while (await rows.ReadAsync(cancellationToken))
            hashes[rows.GetInt64(0)] = rows.GetFieldValue<byte[]>(1);
        return hashes;
    }

    private async Task<long> NewestAsync(CancellationToken cancellationToken)
    {
        const string sql = "select coalesce(max(position), 0) from torch_log.journal_chain";
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<long> UnchainedAsync(CancellationToken cancellationToken)
    {
        const string sql = "select count(*) from journal.mt_events where seq_id > $1";
        await using var command = ChainTable.Command(connection, sql, _through);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
