namespace Torch.EventStore.Embedded;

/// <summary>PostgreSQL refuses to run as root. Started by root, it is run as another user: what to put before its command.</summary>
internal static class PostgresUser
{
    // Nobody's number, which every Unix knows.
    private const string Nobody = "65534";

    public static async Task<IReadOnlyList<string>> PrefixAsync(string ownedFolder, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows() || !string.Equals(Environment.UserName, "root", StringComparison.Ordinal))
            return [];
        // A user namespace in which root goes by another number: no other user and no change of ownership is needed.
        string[] unshare = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"];
        if ((await Shell.RunAsync([.. unshare, "true"], cancellationToken)).ExitCode == 0)
            return unshare;
        var chown = await Shell.RunAsync(["chown", "-R", $"{Nobody}:{Nobody}", ownedFolder], cancellationToken);
        string[] setpriv = ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--"];
        if (chown.ExitCode == 0 && (await Shell.RunAsync([.. setpriv, "true"], cancellationToken)).ExitCode == 0)
            return setpriv;
        throw new EmbeddedPostgresException(
            "PostgreSQL does not run as root, and neither unshare nor setpriv works here: start Torch as another user"
        );
    }
}
