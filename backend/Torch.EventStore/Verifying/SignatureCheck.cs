using Npgsql;
using Torch.EventStore.Chaining;

namespace Torch.EventStore.Verifying;

/// <summary>
/// The signed hashes against the chain. Who rewrites the chain after tampering cannot sign it anew; who removes signatures, or the
/// journal's end with them, is caught by the newest one that was remembered outside the database.
/// </summary>
internal sealed class SignatureCheck(NpgsqlConnection connection, Findings findings, VerifyOptions options)
{
    private const int PageSize = 10_000;

    private readonly Dictionary<long, SignedHash> _signed = [];
    private readonly HashSet<string> _unknownKeys = new(StringComparer.Ordinal);
    private long _lastSound;
    private bool _isRewritten;
    private bool _hasMetLast;
    private long _chained;

    /// <summary>The newest position under a signature that holds.</summary>
    public long Through { get; private set; }

    public int Count { get; private set; }

    /// <param name="chainedThrough">Later signatures came after the chain was looked at.</param>
    public async Task LoadAsync(long chainedThrough, CancellationToken cancellationToken)
    {
        for (long after = 0; ; )
        {
            var page = await SignedHashes.PageAsync(connection, after, PageSize, cancellationToken);
            foreach (var signed in page)
                if (signed.Position <= chainedThrough || !await IsChainedAsync(signed.Position, cancellationToken))
                    _signed[signed.Position] = signed;
            if (page.Count < PageSize)
                break;
            after = page[^1].Position;
        }
        Count = _signed.Count;
    }

    /// <summary>The chain has come to a position.</summary>
    public void Meet(long position, byte[]? hash)
    {
        _chained++;
        if (options.LastSigned is { } last && last.Position == position)
            _hasMetLast = hash is not null && last.Hash.AsSpan().SequenceEqual(hash);
        if (!_signed.Remove(position, out var signed))
            return;
        if (!IsSigned(signed))
            return;
        if (hash is not null && signed.Hash.AsSpan().SequenceEqual(hash))
        {
            (_lastSound, Through) = (position, position);
            return;
        }
        // Every later signature disagrees as well; the first one says where.
        if (!_isRewritten)
            Add(
                $"the chain was rewritten between the signatures of {_lastSound} and",
                position,
                ChainCheck.Short(signed.Hash),
                hash is null ? "none" : ChainCheck.Short(hash)
            );
        _isRewritten = true;
    }

    public void End()
    {
        foreach (var signed in _signed.Values.OrderBy(s => s.Position))
            Add("a signed hash is not in the chain", signed.Position, ChainCheck.Short(signed.Hash), "none");
        if (options.LastSigned is { } last && !_hasMetLast)
            Add(
                "the journal was rolled back or exchanged: its key's folder remembers another hash",
                last.Position,
                ChainCheck.Short(last.Hash),
                "another or none"
            );
        if (Count == 0 && _chained > 0 && options.PublicKeys.Count > 0)
            Add("the chain bears no signature", 0, "one at least every 1,000 events", "none");
    }

    private bool IsSigned(SignedHash signed)
    {
        if (options.PublicKeys.FirstOrDefault(k => k.Id == signed.KeyId) is not { } key)
        {
            if (_unknownKeys.Add(signed.KeyId))
                Add(
                    "signed by a key that is not at hand, so nobody vouches for it from here on",
                    signed.Position,
                    KnownKeys(),
                    "key " + signed.KeyId
                );
            return false;
        }
        if (key.Holds(signed))
            return true;
        Add("a signature does not hold", signed.Position, "a signature of key " + key.Id, "another");
        return false;
    }

    private string KnownKeys() =>
        options.PublicKeys.Count == 0
            ? "a public key to check with"
            : "key " + string.Join(" or ", options.PublicKeys.Select(k => k.Id));

    private void Add(string what, long position, string expected, string found) =>
        findings.Add(
            new("signatures", what)
            {
                Log = Log.Journal,
                Position = position > 0 ? position : null,
                Expected = expected,
                Found = found,
            }
        );

    private async Task<bool> IsChainedAsync(long position, CancellationToken cancellationToken)
    {
        const string sql = "select exists (select from torch_log.journal_chain where position = $1)";
        await using var command = ChainTable.Command(connection, sql, position);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
