using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Torch.Server.Auth;

/// <summary>
/// The way to the first account: a token that this process made and told whoever started it. It works as long as no admin can sign in, so
/// it is also the way back in where the passwords of the admins are lost with an old database.
/// </summary>
internal sealed class Setup(People people, Passwords passwords, TorchOptions options)
{
    /// <summary>Told once, at the start.</summary>
    public string Token { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));

    public async Task<bool> IsOpenAsync(CancellationToken ct)
    {
        var admins = (await people.RecentAsync(ct)).People.Values.Where(p => p.IsAdmin).Select(p => p.Id).ToList();
        return admins.Count == 0 || (options.Provider is null && (await passwords.OfAsync(admins, ct)).Count == 0);
    }

    public bool Matches(string token) => CryptographicOperations.FixedTimeEquals(Hash(Token), Hash(token));

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
