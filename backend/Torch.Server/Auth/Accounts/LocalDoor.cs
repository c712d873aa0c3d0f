namespace Torch.Server.Auth;

/// <summary>Whether whoever sits at the machine may do everything: until an admin key is set, or somebody has an account.</summary>
internal sealed class LocalDoor(AdminKey key, People people)
{
    public async ValueTask<bool> IsOpenAsync(CancellationToken ct) =>
        !key.IsRequired && (await people.RecentAsync(ct)).People.IsEmpty;
}
