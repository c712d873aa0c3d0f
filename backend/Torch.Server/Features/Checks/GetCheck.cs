using Npgsql;
using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Checks;

internal static class GetCheck
{
    /// <summary>One check with its latest observation.</summary>
    public static async Task<CheckView> Handle(
        Guid id,
        HttpContext http,
        NpgsqlDataSource db,
        Sight sight,
        CancellationToken cancellationToken
    )
    {
        await CheckReading.RequireAsync(db, id, sight, cancellationToken);
        var check = await CheckReading.OneAsync(db, id, cancellationToken);
        http.Response.SetETag(check.Version);
        return CheckReading.Within(sight, check);
    }
}
