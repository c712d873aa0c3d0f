namespace Torch.Cli.Serving;

/// <summary>Where things are when no setting says so.</summary>
internal static class Places
{
    /// <summary>Torch was built in a checkout, and runs from there.</summary>
    public static bool IsCheckout => Checkout() is not null;

    /// <summary><c>data</c> in the checkout that Torch was built in, otherwise the user's own folder for applications' data.</summary>
    public static string Data() =>
        Checkout() is { } checkout
            ? Path.Combine(checkout, "data")
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "torch");

    /// <summary>The key that signs the journal, in a data folder.</summary>
    public static string JournalKey(string data) => Path.Combine(data, "keys", "journal.pem");

    /// <summary>The keys that secrets are encrypted with, in a data folder.</summary>
    public static string SecretKeys(string data) => Path.Combine(data, "keys", "secrets");

    /// <summary><c>wwwroot</c> beside the executable, or what the checkout has built; null where neither is.</summary>
    public static string? WebApp()
    {
        string?[] candidates =
        [
            Path.Combine(AppContext.BaseDirectory, "wwwroot"),
            Checkout() is { } checkout ? Path.Combine(checkout, "frontend", "dist") : null,
        ];
        return candidates.FirstOrDefault(Directory.Exists);
    }

    private static string? Checkout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Torch.Cqrs.sln")))
                return folder.FullName;
        return null;
    }
}
