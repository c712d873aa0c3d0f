using Npgsql;
using Torch.Server.Features;

namespace Torch.Server.Auth;

/// <summary>Which account is whose at the provider: the provider's own id for them decides, never a name.</summary>
internal sealed class Identities(NpgsqlDataSource db, TorchOptions options)
{
    public async Task<Guid?> PersonOfAsync(string subject, CancellationToken ct)
    {
        const string sql = "select person_id from torch_auth.identities where client_id = $1 and subject = $2";
        var rows = await db.QueryAsync(sql, [Client, subject], r => r.GetGuid(0), ct);
        return rows.Count == 1 ? rows[0] : null;
    }

    /// <returns>False where the id or the account is bound already.</returns>
    public async Task<bool> BindAsync(string subject, Guid personId, CancellationToken ct)
    {
        const string sql = """
            insert into torch_auth.identities (client_id, subject, person_id)
            select $1, $2, $3
            where not exists (select from torch_auth.identities where client_id = $1 and person_id = $3)
            on conflict do nothing
            """;
        return await db.ExecuteAsync(sql, [Client, subject, personId], ct) == 1;
    }

    public async Task<bool> IsBoundAsync(Guid personId, CancellationToken ct)
    {
        const string sql = "select 1 from torch_auth.identities where client_id = $1 and person_id = $2";
        return (await db.QueryAsync(sql, [Client, personId], r => r.GetInt32(0), ct)).Count > 0;
    }

    private string Client => options.Provider!.ClientId;
}
