using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Torch.Server.Auth;

internal static class SecretServices
{
    /// <param name="folder">Where the keys are; null for keys that live as long as the process.</param>
    public static void AddSecrets(this IServiceCollection services, string? folder)
    {
        var protection = services.AddDataProtection().SetApplicationName("Torch");
        if (folder is null)
            protection.UseEphemeralDataProtectionProvider();
        else
            protection.PersistKeysToFileSystem(Private(folder));
        // The keys lie in the clear in a folder that only Torch's user opens, as the docs say; each start need not say it again.
        services.AddLogging(l => l.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
        services.AddSingleton<Secrets>();
    }

    /// <summary>For what runs without the API and keeps nothing.</summary>
    public static void TryAddSecrets(this IServiceCollection services) =>
        services.TryAddSingleton(_ => new Secrets(new EphemeralDataProtectionProvider()));

    private static DirectoryInfo Private(string folder)
    {
        try
        {
            var made = Directory.CreateDirectory(folder);
            if (!OperatingSystem.IsWindows())
                made.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            return made;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"--secret-keys: {folder} cannot be used: {fault.Message}", fault);
        }
    }
}
