using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Npgsql;
using Torch.Server.Features;
using Torch.Server.Http;

namespace Torch.Server.Auth;

/// <summary>
/// Passwords, kept as PBKDF2-HMAC-SHA512 with a salt each, in a table of their own: they are in no event, and exports of the log leave
/// them out.
/// </summary>
internal sealed class Passwords(NpgsqlDataSource db) : IDisposable
{
    public const int LeastCharacters = 12;
    public const int MostCharacters = 128;

    // OWASP's figure of 2023 for PBKDF2-HMAC-SHA512.
    private const int Iterations = 210_000;

    private const string Upsert = """
        insert into torch_auth.passwords (person_id, hash, changed_at) values ($1, $2, now())
        on conflict (person_id) do update set hash = excluded.hash, changed_at = excluded.changed_at
        """;

    private static readonly object Anybody = new();
    private static readonly PasswordHasher<object> Hasher = new(
        Options.Create(new PasswordHasherOptions { IterationCount = Iterations })
    );

    // Nobody's: who is unknown takes as long to refuse as who is known.
    private static readonly Lazy<string> Decoy = new(() =>
        Hasher.HashPassword(Anybody, Guid.CreateVersion7().ToString())
    );

    // Each takes a tenth of a second of a core: guessing must not take the cores from the reports.
    private readonly SemaphoreSlim _turns = new(2, 2);

    public async Task SetAsync(Guid personId, string password, CancellationToken ct)
    {
        var hash = await InTurnAsync(() => Hasher.HashPassword(Anybody, password), ct);
        await db.ExecuteAsync(Upsert, [personId, hash], ct);
    }

    /// <param name="personId">Null for somebody unknown, which takes as long.</param>
    public async Task<bool> IsRightAsync(Guid? personId, string password, CancellationToken ct)
    {
        var hash = personId is { } id ? await HashAsync(id, ct) : null;
        var result = await InTurnAsync(() => Hasher.VerifyHashedPassword(Anybody, hash ?? Decoy.Value, password), ct);
        return hash is not null && result != PasswordVerificationResult.Failed;
    }

    /// <summary>Which of them have one.</summary>
    public Task<List<Guid>> OfAsync(IReadOnlyCollection<Guid> people, CancellationToken ct) =>
        db.QueryAsync(
            "select person_id from torch_auth.passwords where person_id = any($1)",
            [people.ToArray()],
            r => r.GetGuid(0),
            ct
        );

    public Task RemoveAsync(Guid personId, CancellationToken ct) =>
        db.ExecuteAsync("delete from torch_auth.passwords where person_id = $1", [personId], ct);

    public void Dispose() => _turns.Dispose();

    private async Task<string?> HashAsync(Guid personId, CancellationToken ct) =>
        (
            await db.QueryAsync(
                "select hash from torch_auth.passwords where person_id = $1",
                [personId],
                r => r.GetString(0),
                ct
            )
        ).FirstOrDefault();

    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken ct)
    {
        if (!await _turns.WaitAsync(TimeSpan.FromSeconds(5), ct))
            throw new FaultException(Fault.Busy);
        try
        {
            return await Task.Run(work, ct);
        }
        finally
        {
            _turns.Release();
        }
    }
}
